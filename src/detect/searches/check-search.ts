import type { Diagnostic } from '../../core/diagnostic.ts'
import { NOTHING } from '../../engines/duckdb/drive.ts'
import { type Environment, type LookupTable, Refusal, type Search } from '../../plan/lowering.ts'
import type { Pipeline } from '../../plan/pipeline.ts'
import { columnsOf } from '../../plan/relation.ts'
import type { Column } from '../../plan/scalar.ts'
import { column } from '../../plan/scalars.ts'
import type { SearchSettings } from '../query/language-search.ts'
import { type LanguageName, languages } from '../query/languages.ts'
import { sha512 } from '../query/sha512.ts'

/** What is known of a search before it meets any data. */
export interface SearchVerdict {
  /** The text is sound, whether or not all of it runs here. */
  readonly parses: boolean
  /** It runs on events that have every field that it names. */
  readonly compiles: boolean
  readonly problems: readonly Diagnostic[]
}

/** What a search may be told besides its text. */
export interface CheckSettings {
  readonly settings: SearchSettings
  readonly lookups: ReadonlyMap<string, LookupTable>
}

/** Reads a search and plans it without data: what depends on data gets empty answers. */
export async function checkSearch(
  language: LanguageName,
  text: string,
  around: CheckSettings,
): Promise<SearchVerdict> {
  const reader = await languages[language].reader()
  const read = reader(text, around.settings)
  if (!read.ok) {
    return { parses: !read.problems.some(isAboutText), compiles: false, problems: read.problems }
  }
  const found = planProblems(read.value, around)
  const problems = once([...read.problems, ...found])
  return { parses: true, compiles: !problems.some(isError), problems }
}

/** Everything that is said while a search is planned over events with all the fields that it names. */
export function planProblems(search: Search, around: CheckSettings): readonly Diagnostic[] {
  return planOf(search, around).problems
}

/** The plan over these events, else over events with all the fields that the search names; what was said of it. */
export function planOf(
  search: Search,
  around: CheckSettings & { readonly events?: Pipeline },
): { readonly plan?: Pipeline; readonly problems: readonly Diagnostic[] } {
  const problems: Diagnostic[] = []
  const environment = environmentFor(search, around, problem => problems.push(problem))
  try {
    return { plan: drain(search, environment), problems }
  } catch (error) {
    return { problems: [...problems, error instanceof Refusal ? error.problem : failure(error)] }
  }
}

/** One of a thousand searches that cannot even be refused must not cost the others. */
function failure(error: unknown): Diagnostic {
  const deep = error instanceof RangeError
  const reason = error instanceof Error ? error.message : String(error)
  return {
    code: deep ? 'query/nesting' : 'query/failed',
    severity: 'error',
    message: deep ? 'the search nests too deeply' : `a fault of nephoscope: ${reason}`,
  }
}

function drain(search: Search, environment: Environment): Pipeline {
  const lowering = search.lower(environment)
  let step = lowering.next(NOTHING)
  while (!step.done) step = lowering.next(NOTHING)
  return step.value
}

function environmentFor(
  { wish }: Search,
  { settings, lookups, events }: CheckSettings & { readonly events?: Pipeline },
  note: Environment['note'],
): Environment {
  const written = new Map<string, LookupTable>()
  return {
    now: 0,
    events: events ?? eventsWith(wish.names),
    lookup: name => written.get(name) ?? lookups.get(name),
    lookupNames: [...lookups.keys()],
    note,
    write: (name, { relation }) => written.set(name, emptyLookup(name, relation)),
    unknownField: () => {},
    geo: () => undefined,
    sha512,
    strict: settings.strict,
  }
}

function emptyLookup(name: string, relation: Pipeline['relation']): LookupTable {
  const columns = shown(relation)
  const rows = { op: 'rows', columns, rows: [] } as const
  return {
    name,
    columns,
    relation: rows,
    match: {},
    caseSensitive: true,
    maxMatches: 1000,
    minMatches: 0,
  }
}

/** A table of events that have these fields. */
function eventsWith(names: ReadonlySet<string>): Pipeline {
  const own = new Set(['_time', '_raw', '$row'])
  const columns: readonly Column[] = [
    { name: '$row', type: 'number' },
    { name: '_time', type: 'number' },
    { name: '_raw', type: 'text' },
    ...[...names]
      .filter(name => !own.has(name) && !name.includes('*') && !name.startsWith('$'))
      .map(name => ({ name, type: 'text' as const })),
  ]
  return {
    relation: { op: 'table', table: 'events', columns },
    order: [
      { value: column('_time', 'number'), descending: true },
      { value: column('$row', 'number'), descending: false },
    ],
  }
}

function shown(relation: Pipeline['relation']): readonly Column[] {
  return columnsOf(relation).filter(({ name }) => !name.startsWith('$'))
}

/** Problems whose code begins so are about what does not run, all others about the text itself. */
const NOT_TEXT = /^\w+\/(?:unsupported|unknown)/

function isAboutText({ code, severity }: Diagnostic): boolean {
  return severity === 'error' && !NOT_TEXT.test(code)
}

function isError({ severity }: Diagnostic): boolean {
  return severity === 'error'
}

function once(problems: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Map(
    problems.map(problem => [`${problem.code} ${problem.at?.start} ${problem.message}`, problem]),
  )
  return [...seen.values()]
}
