import { type Diagnostic, Problems } from '../core/diagnostic.ts'
import { nearest } from '../core/nearest.ts'
import { checkRow } from './check-row.ts'
import type { Table } from './column.ts'
import type { Context, LoadedTable } from './context.ts'
import { limits } from './limits.ts'
import { Lookups } from './lookups.ts'
import { withoutCopies } from './overlaps.ts'
import { PARAMETERS_FILE, parametersOf } from './parameters.ts'
import { type ContextFile, isTableFile, type RawRow, type RawTable, stemOf } from './raw.ts'
import { readCsv } from './read-csv.ts'
import { readYaml } from './read-yaml.ts'
import { type Row, timeCell } from './row.ts'
import { TABLES, tableNames } from './tables/index.ts'

/** What was said of a file. */
export interface FileProblems {
  readonly file: string
  readonly text: string
  readonly problems: readonly Diagnostic[]
}

export interface LoadedContext {
  readonly context: Context
  /** Only files of which something was said. */
  readonly problems: readonly FileProblems[]
}

export interface ContextOptions {
  /** UTC ms. */
  readonly asOf: number
  /** Parameters of the command line: `NAME=VALUE`. */
  readonly parameters?: readonly string[]
}

/** Reads files of context. A row or file that is wrong is refused with its place; the rest holds. */
export function loadContext(
  files: readonly ContextFile[],
  { asOf, parameters = [] }: ContextOptions,
): LoadedContext {
  const said: FileProblems[] = []
  const byTable = new Map<string, ContextFile>()
  let overrides: ContextFile | undefined
  for (const file of files) {
    const problems = new Problems()
    const name = stemOf(file.file)
    if (!isTableFile(file.file)) refuseForm(file.file, name, problems)
    else if (name === PARAMETERS_FILE) overrides = file
    else if (checkName(name, byTable.get(name), problems)) byTable.set(name, file)
    if (problems.list.length > 0) said.push({ ...file, problems: problems.list })
  }
  const tables = TABLES.map(table => loadTable(table, byTable.get(table.name), asOf, said))
  const named = new Map(tables.map(loaded => [loaded.table.name, loaded]))
  const values = parametersOf(overrides, parameters)
  said.push(...values.problems)
  const lookups = new Lookups(name => named.get(name)?.rows ?? [])
  return { context: { asOf, tables: named, lookups, parameters: values.values }, problems: said }
}

function refuseForm(file: string, name: string, problems: Problems): void {
  problems.error('context/unknown-file', `${file} is neither YAML nor CSV, and is not read`, {
    help: `write the table as ${name}.yaml or ${name}.csv; context import takes over what a cloud printed as JSON`,
  })
}

function checkName(name: string, other: ContextFile | undefined, problems: Problems): boolean {
  if (other !== undefined) {
    problems.error('context/two-files', `the table ${name} has a file already: ${other.file}`, {
      help: 'one file a table; join them',
    })
    return false
  }
  if (tableNames.includes(name)) return true
  const close = nearest(name, [...tableNames, PARAMETERS_FILE])
  problems.error('context/unknown-file', `there is no table "${name}"`, {
    help: close === undefined ? `there are ${tableNames.join(', ')}` : `did you mean "${close}"?`,
  })
  return false
}

function loadTable(
  table: Table,
  file: ContextFile | undefined,
  asOf: number,
  said: FileProblems[],
): LoadedTable {
  if (file === undefined) return { table, state: 'missing', rows: [], refused: 0, stale: 0, overdue: 0 }
  const problems = new Problems()
  const raw = readRows(file, table, problems)
  const unread = raw.rows.length === 0 && raw.broken === 0 && problems.failed
  const rows = readTable(raw.rows, table, file.file, problems)
  if (problems.list.length > 0) said.push({ ...file, problems: brief(problems.list) })
  return {
    table,
    state: rows.length === 0 ? 'empty' : 'loaded',
    rows,
    refused: raw.broken + raw.rows.length - rows.length,
    ...(unread ? { unread } : {}),
    file: file.file,
    ...ageOf(rows, table, asOf),
  }
}

function readRows({ file, text }: ContextFile, table: Table, problems: Problems): RawTable {
  const columns = table.columns.map(({ name }) => name)
  const raw = /\.csv$/i.test(file) ? readCsv({ text, columns, problems }) : readYaml({ text, problems })
  const surplus = raw.rows.length - limits.rows
  if (surplus <= 0) return raw
  problems.error('context/rows', `of ${raw.rows.length} rows ${limits.rows} were read`)
  return { rows: raw.rows.slice(0, limits.rows), broken: raw.broken + surplus }
}

function readTable(raws: readonly RawRow[], table: Table, file: string, problems: Problems): readonly Row[] {
  const rows = raws.flatMap(raw => {
    const row = checkRow(raw, table, file, problems)
    return row === undefined ? [] : [{ row, at: raw.at }]
  })
  return withoutCopies(rows, table, problems).map(({ row }) => row)
}

const DAY = 86_400_000

function ageOf(
  rows: readonly Row[],
  { kind, reviewDays = 365 }: Table,
  asOf: number,
): Pick<LoadedTable, 'stale' | 'oldest' | 'overdue'> {
  if (kind === 'approval') {
    const open = rows.flatMap(({ validity }) => validity ?? []).filter(({ expires }) => asOf < expires)
    return { stale: 0, overdue: open.filter(({ reviewBy }) => reviewBy <= asOf).length }
  }
  const times = rows.map(row => timeCell(row, 'last_verified'))
  const stale = times.filter(time => time === undefined || asOf - time > reviewDays * DAY)
  const known = stale.filter(time => time !== undefined)
  const oldest = known.reduce((least, time) => Math.min(least, time), Number.POSITIVE_INFINITY)
  return { stale: stale.length, overdue: 0, ...(known.length === 0 ? {} : { oldest }) }
}

/** A column that is unknown in a header is told once, not for each row; and no file has more problems than one reads. */
function brief(problems: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Set<string>()
  const distinct = problems.filter(({ code, message, at }) => {
    const key = `${code} ${at?.start} ${message}`
    return !seen.has(key) && seen.add(key)
  })
  if (distinct.length <= limits.problems) return distinct
  const message = `there are ${distinct.length - limits.problems} more problems`
  const severity = distinct.some(problem => problem.severity === 'error') ? 'error' : 'warning'
  return [...distinct.slice(0, limits.problems), { code: 'context/more', severity, message }]
}
