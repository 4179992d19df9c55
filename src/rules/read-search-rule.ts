import { type Diagnostic, Problems } from '../core/diagnostic.ts'
import { nearest } from '../core/nearest.ts'
import { type Places, placesIn } from '../core/places.ts'
import { parseDuration } from '../core/time.ts'
import type { Refused } from '../lang/sigma/document.ts'
import { clip, ownId, readMeta } from '../lang/sigma/metadata.ts'
import { type Piece, splitDocuments } from '../lang/sigma/split.ts'
import { entry, get, listed, scalarText, type Tree, type TreeMap } from '../lang/sigma/tree.ts'
import { readYaml } from '../lang/sigma/yaml.ts'
import type { RuleOrigin } from '../plan/rule-meta.ts'
import { sources } from '../sources/sources.ts'
import { placesInBlock } from './block-places.ts'
import type { Schedule, SearchRisk, SearchRule } from './search-rule.ts'
import { publishedRule } from './splunk-rule.ts'

/** A rule that holds a search, or why it cannot be used. */
export type SearchDocument =
  | { readonly kind: 'search'; readonly rule: SearchRule; readonly problems: readonly Diagnostic[] }
  | Refused

/** The documents of a YAML text that hold a search, and the text without them. */
export function splitSearches(text: string): {
  readonly searches: readonly (Piece & { readonly document: number })[]
  readonly rest: string
} {
  if (!HOLDS_SEARCH.test(text)) return { searches: [], rest: text }
  let rest = text
  const searches = splitDocuments(text).flatMap((piece, document) => {
    if (!HOLDS_SEARCH.test(piece.text) || HOLDS_RULE.test(piece.text)) return []
    const { offset } = piece
    const end = offset + piece.text.length
    rest = rest.slice(0, offset) + piece.text.replace(/[^\n]/g, ' ') + rest.slice(end)
    return [{ ...piece, document }]
  })
  return { searches, rest }
}

const HOLDS_SEARCH = /^search[ \t]*:/m
const HOLDS_RULE = /^(?:detection|correlation|filter)[ \t]*:/m

/** Reads the rules of `splitSearches`; `text` is that of the whole file, `mapped` names logs that mappings describe. */
export function readSearchRules(
  text: string,
  file: string,
  mapped: readonly string[] = [],
): readonly SearchDocument[] {
  const { searches } = splitSearches(text)
  if (searches.length === 0) return []
  const places = placesIn(text)
  return searches.map(piece => readPiece(piece, { text, file, places, mapped }))
}

/** The file that a rule stands in. */
interface Whole extends Pick<Reading, 'text' | 'mapped'> {
  readonly file: string
  readonly places: Places
}

function readPiece(
  piece: Piece & { readonly document: number },
  { text, file, places, mapped }: Whole,
): SearchDocument {
  const problems = new Problems()
  const root = readYaml(piece.text, piece.offset, places, problems)
  const { line } = places(piece.offset + (/^(---)?\s*/.exec(piece.text)?.[0].length ?? 0), piece.offset + 1)
  const origin = { file, document: piece.document, line }
  const rule =
    root?.kind === 'map' && !problems.failed ? readRule(root, { problems, origin, text, mapped }) : undefined
  const said = problems.list.map(problem => ({
    ...problem,
    code: problem.code.replace(/^sigma\//, 'search/'),
  }))
  if (rule !== undefined && !problems.failed) return { kind: 'search', rule, problems: said }
  const own = root?.kind === 'map' ? root : undefined
  const id = own === undefined ? undefined : ownId(own)
  const title = own === undefined ? undefined : scalarText(get(own, 'title') ?? get(own, 'name'))
  return {
    kind: 'refused',
    ...(id === undefined ? {} : { id }),
    title: clip(title ?? 'untitled', 300),
    origin,
    problems: said,
  }
}

interface Reading {
  readonly problems: Problems
  readonly origin: RuleOrigin
  /** Of the whole file. */
  readonly text: string
  /** Ids of logs that mappings describe. */
  readonly mapped: readonly string[]
}

/** Keys with a meaning here; others are left to the people who wrote them. */
const KEYS =
  'title id status level description author date modified references tags falsepositives fields related language search type data_source how_to_implement schedule entity risk sources'.split(
    ' ',
  )

function readRule(given: TreeMap, { problems, origin, text, mapped }: Reading): SearchRule | undefined {
  const root = publishedRule(given, problems)
  if (root === given) warnOfTypos(root, problems)
  const language = readLanguage(root, problems)
  const search = entry(root, 'search')
  const written = scalarText(search?.value)
  if (search === undefined || written === undefined || written.trim() === '') {
    problems.error('search/type', '"search" is no text', { at: search?.value.at ?? root.at })
    return undefined
  }
  const meta = readMeta(without(root, 'entity'), problems)
  const schedule = readSchedule(root, problems)
  const risk = readRisk(root, problems)
  const own = readSources(root, mapped, problems)
  const [type, howToImplement] = ['type', 'how_to_implement'].map(key => scalarText(get(root, key))?.trim())
  return {
    kind: 'search',
    meta,
    language,
    text: written,
    placed: placesInBlock(text, search.value),
    facts: {
      ...(type === undefined ? {} : { type }),
      dataSources: texts(get(root, 'data_source')),
      ...(howToImplement === undefined ? {} : { howToImplement }),
    },
    ...(schedule === undefined ? {} : { schedule }),
    entity: texts(get(root, 'entity')),
    ...(risk === undefined ? {} : { risk }),
    ...(own === undefined ? {} : { sources: own }),
    origin,
  }
}

function warnOfTypos(root: TreeMap, problems: Problems): void {
  for (const { key, keyAt } of root.entries) {
    const near = KEYS.includes(key) ? undefined : nearest(key, KEYS)
    if (near !== undefined && entry(root, near) === undefined) {
      const help = `did you mean "${near}"?`
      problems.warn('search/unknown-key', `"${key}" means nothing here`, { at: keyAt, help })
    }
  }
}

function readLanguage(root: TreeMap, problems: Problems): SearchRule['language'] {
  const tree = get(root, 'language')
  const name = scalarText(tree)?.trim().toLowerCase() ?? 'spl'
  if (name === 'spl' || name === 'sumo') return name
  problems.error('search/unknown-language', `a rule cannot hold a search in "${name}"`, {
    at: tree?.at,
    help: 'the languages are spl and sumo',
  })
  return 'spl'
}

/** The least time between two runs, ms: more of them than that are no schedule. */
const SHORTEST = 1000

function readSchedule(root: TreeMap, problems: Problems): Schedule | undefined {
  const tree = get(root, 'schedule')
  if (tree === undefined) return undefined
  const part = (key: string): Tree | undefined => (tree.kind === 'map' ? get(tree, key) : undefined)
  const every = durationOf(part('every') ?? part('window'))
  const window = durationOf(part('window') ?? part('every'))
  if (tree.kind === 'map') warnOfOthers(tree, problems)
  if (every !== undefined && window !== undefined) {
    if (window < every) {
      const help = 'a window at least as long as "every" looks at each event'
      problems.warn('search/schedule-gaps', 'between its windows lies time that no run looks at', {
        at: tree.at,
        help,
      })
    }
    return { every, window }
  }
  problems.error('search/schedule', 'the schedule does not say how often, and over how long', {
    at: tree.at,
    help: 'write it like schedule: {every: 10m, window: 70m}',
  })
  return undefined
}

function warnOfOthers({ entries }: TreeMap, problems: Problems): void {
  for (const { key, keyAt } of entries) {
    if (key === 'every' || key === 'window') continue
    const help = 'a schedule says how often, and over how long: {every: 10m, window: 70m}'
    problems.warn('search/unknown-key', `"${key}" means nothing in a schedule`, { at: keyAt, help })
  }
}

function durationOf(tree: Tree | undefined): number | undefined {
  const ms = parseDuration(scalarText(tree) ?? '')
  return ms !== undefined && ms >= SHORTEST ? ms : undefined
}

function readRisk(root: TreeMap, problems: Problems): SearchRisk | undefined {
  const tree = get(root, 'risk')
  if (tree === undefined) return undefined
  const part = (key: string): Tree | undefined => (tree.kind === 'map' ? get(tree, key) : undefined)
  const [impact, confidence] = [part('impact'), part('confidence')].map(percent)
  const message = scalarText(part('message'))?.trim()
  if (impact !== undefined && confidence !== undefined)
    return { impact, confidence, ...(message === undefined ? {} : { message }) }
  problems.error('search/risk', 'the risk needs an impact and a confidence from 0 to 100', {
    at: tree.at,
    help: 'write it like risk: {impact: 80, confidence: 50, message: "$user_arn$ did it"}',
  })
  return undefined
}

function percent(tree: Tree | undefined): number | undefined {
  const text = scalarText(tree)
  const value = text === undefined ? Number.NaN : Number(text)
  return value >= 0 && value <= 100 ? value : undefined
}

function readSources(
  root: TreeMap,
  mapped: readonly string[],
  problems: Problems,
): readonly string[] | undefined {
  const tree = get(root, 'sources')
  if (tree === undefined) return undefined
  const known = [...sources.map(({ id }) => id), ...mapped]
  const named = texts(tree)
  for (const name of named) {
    if (known.includes(name)) continue
    const near = nearest(name, known)
    problems.error('search/unknown-source', `there is no log source "${name}"`, {
      at: tree.at,
      help: near === undefined ? `they are ${known.join(', ')}` : `did you mean "${near}"?`,
    })
  }
  return named
}

function texts(tree: Tree | undefined): readonly string[] {
  return listed(tree).flatMap(item => scalarText(item)?.trim() || [])
}

function without(root: TreeMap, key: string): TreeMap {
  return { ...root, entries: root.entries.filter(one => one.key !== key) }
}
