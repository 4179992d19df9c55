import { readFileSync } from 'node:fs'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { contextTables } from '../context/view.ts'
import type { Outcome } from '../core/diagnostic.ts'
import { printDiagnostic } from '../core/print-diagnostic.ts'
import { terminalSafe } from '../core/terminal.ts'
import { parseTime } from '../core/time.ts'
import type { Knowledge } from '../detect/knowledge.ts'
import { contextLookups } from '../detect/query/context-lookups.ts'
import { geoFacts } from '../detect/query/geo-facts.ts'
import type { SearchSettings } from '../detect/query/language-search.ts'
import { readLookups } from '../detect/query/lookups.ts'
import { macrosFrom } from '../detect/query/macros.ts'
import type { NamedFiles } from '../engines/files/file-names.ts'
import { moment as relativeTime } from '../lang/spl/lower/relative-time.ts'
import type { Environment, LookupTable } from '../plan/lowering.ts'
import { usageError } from './exit.ts'
import { collect } from './options.ts'

/** MB that the engine may hold in memory, if nobody says. */
export const MEMORY = 1024

/** Options of every command that takes searches. */
export interface SearchOptions extends TableOptions {
  readonly strict?: boolean
}

/** Macros and tables that searches may use. */
export interface TableOptions {
  readonly macros?: readonly string[]
  readonly lookups?: readonly string[]
  readonly template?: readonly (readonly [name: string, value: string])[]
}

/** What searches are told, from the command line. */
export interface SearchSurroundings {
  readonly settings: SearchSettings
  readonly lookups: ReadonlyMap<string, LookupTable>
  readonly geo?: Environment['geo']
  /** Paths of the files that say it. */
  readonly places?: readonly string[]
}

/** Adds what commands that run searches have in common. */
export function withSearch(command: Command): Command {
  return withTables(command).option(
    '--strict',
    'to the letter: unknown fields are refused, and nothing is read as it was meant',
  )
}

/** Adds the macros and tables of searches. */
export function withTables(command: Command): Command {
  return command
    .optionsGroup('Searches:')
    .addOption(
      new Option('--macros <file>', 'macros: a macros.conf, or JSON as {"macros": {NAME: {…}}}').argParser(
        collect,
      ),
    )
    .addOption(
      new Option('--lookups <path>', 'lookups: a folder of NAME.csv, one such file, or JSON').argParser(
        collect,
      ),
    )
    .addOption(
      new Option('--template <name=value>', 'what {{name}} stands for in a Sumo Logic search').argParser(
        pair,
      ),
    )
}

/** Adds `NAME=VALUE` to those before. */
function pair(
  text: string,
  before: readonly (readonly [string, string])[] | undefined,
): readonly (readonly [string, string])[] {
  const at = text.indexOf('=')
  if (at < 1) throw new InvalidArgumentError('Write it like index=prod.')
  return [...(before ?? []), [text.slice(0, at), text.slice(at + 1)]]
}

/**
 * What searches are told; lookups go before tables of the organisation of the same name. Undefined, with a message,
 * if a file of macros or lookups cannot be read.
 */
export function surroundings(
  flags: SearchOptions,
  { context, geo }: Knowledge = {},
): SearchSurroundings | undefined {
  const macros = macrosOf(flags.macros ?? [])
  const given = lookupsOf(flags.lookups ?? [])
  if (macros === undefined || given === undefined) return undefined
  const organisation = context === undefined ? [] : contextTables(context.context)
  const tables = contextLookups(organisation)
  return {
    settings: {
      macros,
      strict: flags.strict === true,
      tables: organisation,
      parameters: new Map(flags.template ?? []),
    },
    lookups: new Map([...tables.map(table => [table.name, table] as const), ...given]),
    ...(geo === undefined
      ? {}
      : { geo: address => geoFacts(geo, address), places: geo.files.map(({ file }) => file) }),
  }
}

function macrosOf(files: readonly string[]): SearchSettings['macros'] | undefined {
  const all = new Map<string, NonNullable<ReturnType<SearchSettings['macros']['get']>>>()
  for (const file of files) {
    const macros = usable(macrosFrom(file), 'macros', file)
    if (macros === undefined) return undefined
    for (const [name, macro] of macros) all.set(name, macro)
  }
  return all
}

function lookupsOf(paths: readonly string[]): ReadonlyMap<string, LookupTable> | undefined {
  const all = new Map<string, LookupTable>()
  for (const path of paths) {
    const tables = usable(readLookups(path), 'lookups', path)
    if (tables === undefined) return undefined
    for (const table of tables) all.set(table.name, table)
  }
  return all
}

/** What was read, with everything that is wrong with it told; undefined if it cannot be used. */
function usable<T>(read: Outcome<T>, what: string, path: string): T | undefined {
  for (const problem of read.problems) process.stderr.write(`${printDiagnostic(problem, path)}\n`)
  if (read.ok) return read.value
  usageError(`the ${what} of ${terminalSafe(path)} cannot be used`)
  return undefined
}

/** The text of a search: as given, or what stands in a file for `@FILE`. */
export function textOrFile(given: string): string | undefined {
  if (!given.startsWith('@')) return given
  try {
    return readFileSync(given.slice(1), 'utf8')
  } catch (error) {
    usageError(
      `${terminalSafe(given.slice(1))} cannot be read: ${terminalSafe(error instanceof Error ? error.message : String(error))}`,
    )
    return undefined
  }
}

/** `PART=NAME` as it is given on the command line: files whose path has that part, with `*` for anything. */
export function namedFiles(text: string, before: readonly NamedFiles[] = []): readonly NamedFiles[] {
  const at = text.lastIndexOf('=')
  const part = text.slice(0, at).trim()
  const name = text.slice(at + 1).trim()
  if (at < 1 || part === '' || name === '') throw new InvalidArgumentError('Write it like PART-OF-PATH=NAME.')
  return [...before, { part: pathPattern(part), name }]
}

/** The same the other way round: `NAME=PART`. */
export function namesOfFiles(text: string, before: readonly NamedFiles[] = []): readonly NamedFiles[] {
  const at = text.indexOf('=')
  const name = text.slice(0, at).trim()
  const part = text.slice(at + 1).trim()
  if (at < 1 || part === '' || name === '') throw new InvalidArgumentError('Write it like NAME=PART-OF-PATH.')
  return [...before, { part: pathPattern(part), name }]
}

function pathPattern(part: string): RegExp {
  const pieces = part.split(/\*+/).map(piece => piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(pieces.join('[\\s\\S]*'))
}

/** A moment: as `2024-05-01`, `2024-05-01T12:00:00Z`, seconds since 1970, `now`, or as Splunk's `-24h@h`, `@d`. UTC ms. */
export function moment(text: string): number {
  const seconds = relativeTime(text.trim(), Date.now() / 1000)
  const found = parseTime(text) ?? (seconds === undefined ? undefined : seconds * 1000)
  if (found === undefined)
    throw new InvalidArgumentError('Write it like 2024-05-01, 2024-05-01T12:00:00Z, -24h or -7d@d (UTC).')
  return found
}
