import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { isObject, type Json, type JsonObject, textMember } from '../core/json.ts'

/** A search that stands in a file of its own, or on a line of a file of many. */
export interface SearchText {
  readonly id: string
  readonly title: string
  /** As people name it: the path, and the id where a file holds many. */
  readonly file: string
  /** As it was named; whether there is such a language is another matter. Absent if nothing says. */
  readonly language?: string
  readonly text: string
}

export interface FoundSearches {
  readonly searches: readonly SearchText[]
  /** Paths that hold no searches: files of rules. */
  readonly others: readonly string[]
  /** Lines and files that could not be read. */
  readonly problems: readonly { readonly file: string; readonly message: string }[]
}

const LANGUAGES: ReadonlyMap<string, string> = new Map([
  ['.spl', 'spl'],
  ['.sumo', 'sumo'],
])
const LINES = new Set(['.jsonl', '.ndjson'])
/** Bytes that a file of searches may have. */
const LARGEST = 256 * 1024 * 1024

/**
 * The searches behind paths: `.spl` and `.sumo` files, each one search, files of JSON lines `{id, language, text}`, or with
 * `search`, `query` or `yaml` in place of `text`, which say the language themselves, and folders of all these.
 * @param language that of lines which do not say
 */
export function findSearches(paths: readonly string[], language?: string): FoundSearches {
  const searches: SearchText[] = []
  const others: string[] = []
  const problems: { file: string; message: string }[] = []
  for (const path of [...new Set(paths)].sort()) {
    const found = filesOf(path)
    if (found.rules) others.push(path)
    for (const file of found.searches) {
      try {
        searches.push(...readFile(file, language, problems))
      } catch (error) {
        problems.push({ file, message: error instanceof Error ? error.message : String(error) })
      }
    }
  }
  return { searches, others, problems }
}

/** The files of searches behind a path, and whether rules may be behind it too. */
function filesOf(path: string): { readonly searches: readonly string[]; readonly rules: boolean } {
  const kind = extname(path).toLowerCase()
  if (LANGUAGES.has(kind) || LINES.has(kind)) return { searches: [path], rules: false }
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return { searches: [], rules: true }
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' }).sort()
  const searches = names.map(name => join(path, name)).filter(holdsSearches)
  return {
    searches,
    rules: searches.length === 0 || names.some(name => /\.ya?ml$/i.test(name)),
  }
}

/** Is a file of a folder one of searches? Lines of JSON may be anything, so the first one decides. */
function holdsSearches(file: string): boolean {
  const kind = extname(file).toLowerCase()
  if (LANGUAGES.has(kind)) return true
  if (!LINES.has(kind) || statSync(file, { throwIfNoEntry: false })?.isFile() !== true) return false
  const first = parsed(firstLine(file))
  if (typeof first === 'string') return false
  const named = idOf(first) !== undefined || textMember(first, 'language') !== undefined
  return named && KEYS.some(([key]) => textMember(first, key) !== undefined)
}

/** Bytes in which the first line of a file of searches ends. */
const LONGEST_FIRST = 1024 * 1024

function firstLine(path: string): string {
  const file = openSync(path, 'r')
  try {
    const head = Buffer.alloc(LONGEST_FIRST)
    const text = head.toString('utf8', 0, readSync(file, head)).replace(/^\ufeff/, '')
    return text.trimStart().split('\n', 1)[0] ?? ''
  } finally {
    closeSync(file)
  }
}

function readFile(
  file: string,
  language: string | undefined,
  problems: { file: string; message: string }[],
): readonly SearchText[] {
  if (statSync(file).size > LARGEST) throw new Error(`it has more than ${LARGEST} bytes`)
  const text = readFileSync(file, 'utf8').replace(/^\ufeff/, '')
  const kind = extname(file).toLowerCase()
  const own = LANGUAGES.get(kind)
  if (own === undefined) return linesOf(file, text, language, problems)
  const id = basename(file, extname(file))
  return [{ id, title: id, file, language: own, text }]
}

function linesOf(
  file: string,
  text: string,
  language: string | undefined,
  problems: { file: string; message: string }[],
): readonly SearchText[] {
  return text.split('\n').flatMap((line, at): readonly SearchText[] => {
    if (line.trim() === '') return []
    const read = lineOf(line, file, at + 1, language)
    if (typeof read !== 'string') return [read]
    problems.push({ file: `${file}:${at + 1}`, message: read })
    return []
  })
}

/** What each key of a line holds, and the language that it is in if nothing else says. */
const KEYS = [
  ['text', undefined],
  ['search', 'spl'],
  ['query', 'sumo'],
  ['yaml', 'sigma'],
] as const

/** The search, or the reason why there is none. */
function lineOf(
  line: string,
  file: string,
  number: number,
  language: string | undefined,
): SearchText | string {
  const value = parsed(line)
  if (typeof value === 'string') return value
  const found = KEYS.find(([key]) => textMember(value, key) !== undefined)
  if (found === undefined) return 'it has no "text", "search", "query" or "yaml"'
  const [key, usual] = found
  const id = idOf(value) ?? `${number}`
  const named = textMember(value, 'language') ?? language ?? usual
  return {
    id,
    title: textMember(value, 'name') ?? textMember(value, 'title') ?? id,
    file: `${file}#${id}`,
    text: textMember(value, key) ?? '',
    ...(named === undefined ? {} : { language: named.toLowerCase() }),
  }
}

function idOf(value: JsonObject): string | undefined {
  const id = Object.hasOwn(value, 'id') ? value['id'] : undefined
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined
}

function parsed(line: string): JsonObject | string {
  try {
    const value = JSON.parse(line) as Json
    return isObject(value) ? value : 'it is no JSON object'
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return `it is no JSON: ${error.message}`
    throw error
  }
}
