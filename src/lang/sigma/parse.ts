import { type Diagnostic, Problems } from '../../core/diagnostic.ts'
import { type Places, placesIn } from '../../core/places.ts'
import type { RuleOrigin } from '../../plan/rule.ts'
import { applyActions, type ReadDocument } from './actions.ts'
import { readCorrelation } from './correlation.ts'
import { readDetection } from './detection.ts'
import type { Refused, SigmaDocument, SigmaOptions } from './document.ts'
import { readFilter } from './filter.ts'
import { limits } from './limits.ts'
import { lineValue } from './line-value.ts'
import { clip, ownId, readLogSource, readMeta } from './metadata.ts'
import { type Piece, splitDocuments } from './split.ts'
import { entry, get, kindOf, missing, scalarText, type Tree, type TreeMap } from './tree.ts'
import { readYaml } from './yaml.ts'

/**
 * Reads every document of a YAML text, in order. A broken one never costs the others: it comes back as refused,
 * with all that is wrong with it.
 */
export function parseSigma(text: string, options: SigmaOptions): readonly SigmaDocument[] {
  const places = placesIn(text)
  const pieces = splitDocuments(text)
  if (pieces.length === 0) return [empty(options, places)]
  const read = pieces.slice(0, limits.documents).map((piece, index) => readPiece(piece, index, places))
  const documents = applyActions(read).map(document => brief(readDocument(document, options)))
  return pieces.length <= limits.documents ? documents : [...documents, surplus(pieces, options, places)]
}

/** Problems and lengths of a message that somebody may want to read. */
const MOST_PROBLEMS = 50
const LONGEST_MESSAGE = 500

function brief(document: SigmaDocument): SigmaDocument {
  const { problems } = document
  const shown = problems.slice(0, MOST_PROBLEMS).map(problem => ({
    ...problem,
    message: clip(problem.message, LONGEST_MESSAGE),
    ...(problem.help === undefined ? {} : { help: clip(problem.help, LONGEST_MESSAGE) }),
  }))
  if (problems.length <= MOST_PROBLEMS) return { ...document, problems: shown }
  const severity = document.kind === 'refused' ? 'error' : 'warning'
  const message = `there are ${problems.length - MOST_PROBLEMS} more problems`
  return { ...document, problems: [...shown, { code: 'sigma/more', severity, message }] }
}

function readPiece(piece: Piece, document: number, places: Places): ReadDocument {
  const problems = new Problems()
  const root = readYaml(piece.text, piece.offset, places, problems)
  const head = /^(---)?(\s|#[^\n]*\n)*/.exec(piece.text.slice(0, 10_000))?.[0].length ?? 0
  const { line } = places(piece.offset + head, piece.offset + head + 1)
  return { text: piece.text, problems, document, line, ...(root === undefined ? {} : { root }) }
}

function readDocument(read: ReadDocument, options: SigmaOptions): SigmaDocument {
  const { root, text, problems, document, line } = read
  const origin = { file: options.file, document, line }
  if (root === undefined) return refuse(text, origin, problems.list)
  if (problems.failed) return refuse(root, origin, problems.list)
  if (root.kind !== 'map') {
    problems.error('sigma/not-a-rule', `the document is ${kindOf(root)}, not a Sigma rule`, { at: root.at })
    return refuse(root, origin, problems.list)
  }
  const made = readRoot(root, origin, problems, options)
  return made === undefined || problems.failed ? refuse(root, origin, problems.list) : made
}

function readRoot(
  root: TreeMap,
  origin: RuleOrigin,
  problems: Problems,
  options: SigmaOptions,
): SigmaDocument | undefined {
  if (KEYS.every(key => entry(root, key) === undefined)) {
    problems.error(
      'sigma/not-a-rule',
      'the document is no Sigma rule: it has no title, detection or correlation',
      {
        at: root.entries[0]?.keyAt ?? root.at,
      },
    )
    return undefined
  }
  const meta = readMeta(root, problems)
  if (entry(root, 'correlation') !== undefined) {
    const draft = readCorrelation(root, meta, origin, problems)
    return draft && { kind: 'correlation', draft, problems: problems.list }
  }
  const logsource = readLogSource(root, problems)
  const { placeholders = new Map(), tables = [] } = options
  const reading = { problems, logsource, placeholders, tables }
  if (entry(root, 'filter') !== undefined) {
    const filter = readFilter(root, meta, origin, reading)
    return filter && { kind: 'filter', filter, problems: problems.list }
  }
  const detection = get(root, 'detection')
  if (detection?.kind !== 'map') {
    problems.list.push(detection === undefined ? missing(root, 'detection', 'the rule') : noMap(detection))
    return undefined
  }
  const where = readDetection(detection, reading)
  if (where === undefined) return undefined
  return {
    kind: 'detection',
    rule: { kind: 'detection', meta, logsource, where, origin },
    problems: problems.list,
  }
}

const KEYS = ['title', 'detection', 'correlation', 'filter'] as const

function noMap(detection: Tree): Diagnostic {
  const message = `"detection" is ${kindOf(detection)}, not a map`
  return { code: 'sigma/type', severity: 'error', message, at: detection.at }
}

/** @param read what could be read of the document: a tree, or no more than its text */
function refuse(read: Tree | string, origin: RuleOrigin, problems: readonly Diagnostic[]): Refused {
  const { id, title } = typeof read === 'string' ? namesInText(read) : namesIn(read)
  return {
    kind: 'refused',
    ...(id === undefined ? {} : { id }),
    title: title || 'untitled',
    origin,
    problems,
  }
}

interface Names {
  readonly id: string | undefined
  readonly title: string | undefined
}

function namesIn(root: Tree): Names {
  if (root.kind !== 'map') return { id: undefined, title: undefined }
  return { id: ownId(root), title: scalarText(get(root, 'title'))?.trim() }
}

function namesInText(text: string): Names {
  const [id, title] = [lineValue(text, 'id'), lineValue(text, 'title')]
  return { id: id && clip(id, 200), title: title && clip(title, 300) }
}

function empty(options: SigmaOptions, places: Places): Refused {
  const problems = new Problems()
  problems.error('sigma/not-a-rule', 'the file holds no document', { at: places(0, 1) })
  return refuse('', { file: options.file, document: 0, line: 1 }, problems.list)
}

function surplus(pieces: readonly Piece[], options: SigmaOptions, places: Places): Refused {
  const problems = new Problems()
  const { offset } = pieces[limits.documents] ?? { offset: 0 }
  const at = places(offset, offset + 1)
  problems.error('sigma/too-many-documents', `of ${pieces.length} documents ${limits.documents} were read`, {
    at,
    help: 'split the file',
  })
  return refuse('', { file: options.file, document: limits.documents, line: at.line }, problems.list)
}
