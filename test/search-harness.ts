import type { Diagnostic } from '../src/core/diagnostic.ts'
import type { JsonObject } from '../src/core/json.ts'
import { parseTime } from '../src/core/time.ts'
import { sha512 } from '../src/detect/query/sha512.ts'
import { Database } from '../src/engines/duckdb/database.ts'
import { drive } from '../src/engines/duckdb/drive.ts'
import { TableLoader } from '../src/engines/duckdb/table-loader.ts'
import type { Environment, LookupTable, Search } from '../src/plan/lowering.ts'
import { append, finished, type Pipeline } from '../src/plan/pipeline.ts'
import type { Cell } from '../src/plan/relation.ts'
import { column } from '../src/plan/scalars.ts'
import { splunkFields } from '../src/sources/fields/splunk.ts'
import { sumoFields } from '../src/sources/fields/sumo.ts'
import { shownColumns } from '../src/sql/print-relation.ts'
import { temporaryFolder } from './temporary-folder.ts'

export interface Ran {
  readonly columns: readonly string[]
  /** Nulls are left out, as both products show them. */
  readonly rows: readonly Readonly<Record<string, Cell>>[]
  readonly notes: readonly Diagnostic[]
  readonly unknown: readonly string[]
  readonly sql: string
}

/** One database for the searches of a test file. Close it at the end. */
export class SearchBench {
  private readonly database: Database
  private tables = 0

  private constructor(database: Database) {
    this.database = database
  }

  static async open(): Promise<SearchBench> {
    return new SearchBench(await Database.open({ memory: 1000, threads: 1, folder: temporaryFolder() }))
  }

  close(): void {
    this.database.close()
  }

  /** Runs a search over events given as objects or as message texts. */
  async run(
    search: Search,
    style: 'splunk' | 'sumo',
    events: readonly (JsonObject | string)[],
    {
      lookups = {},
      now = 1_700_000_000,
      earliest,
      order = 'newest',
    }: {
      lookups?: Readonly<Record<string, LookupTable>>
      now?: number
      earliest?: number
      /** As they are given, or newest first. */
      order?: 'newest' | 'given'
    } = {},
  ): Promise<Ran> {
    const notes: Diagnostic[] = []
    const unknown: string[] = []
    const written = new Map<string, LookupTable>()
    const environment: Environment = {
      now,
      ...(earliest === undefined ? {} : { earliest }),
      events: await this.load(style, events, order),
      lookup: name => written.get(name) ?? (Object.hasOwn(lookups, name) ? lookups[name] : undefined),
      lookupNames: Object.keys(lookups),
      note: problem => notes.push(problem),
      write: (name, rows, adds) => {
        const before = written.get(name)?.relation
        const all = adds && before !== undefined ? append({ relation: before, order: [] }, rows) : rows
        written.set(name, lookupOf(name, all))
      },
      unknownField: name => unknown.push(name),
      sha512,
      strict: false,
    }
    const relation = finished(await drive(search.lower(environment), this.database))
    const columns = shownColumns(relation).map(({ name }) => name)
    const found = await this.database.first(relation, 10_000)
    const rows = found.map(row =>
      Object.fromEntries(
        columns.map((name, at) => [name, row[at] ?? null]).filter(([, cell]) => cell !== null),
      ),
    )
    return { columns, rows, notes, unknown, sql: this.database.print(relation) }
  }

  private async load(
    style: 'splunk' | 'sumo',
    events: readonly (JsonObject | string)[],
    order: 'newest' | 'given',
  ): Promise<Pipeline> {
    const table = `events${this.tables++}`
    const loader = new TableLoader(this.database, table)
    const extract = style === 'splunk' ? splunkFields : sumoFields
    for (const event of events) {
      const record = typeof event === 'string' ? parsed(event) : event
      const fields = record === undefined ? new Map<string, Cell>() : extract(record)
      if (!fields.has('_raw')) fields.set('_raw', typeof event === 'string' ? event : JSON.stringify(event))
      const time = timeOf(fields.get('_time') ?? fields.get('@timestamp') ?? fields.get('_messageTime'))
      if (time !== undefined) fields.set('_time', time)
      loader.add(fields)
    }
    const columns = await loader.finish()
    const time = columns.find(({ name }) => name === '_time')
    const newest =
      time === undefined || order === 'given' ? [] : [{ value: column('_time', time.type), descending: true }]
    return {
      relation: { op: 'table', table, columns },
      order: [...newest, { value: column('$row', 'number'), descending: false }],
    }
  }
}

export function lookupOf(name: string, { relation }: Pipeline): LookupTable {
  const columns = shownColumns(relation)
  return { name, columns, relation, match: {}, caseSensitive: true, maxMatches: 1000, minMatches: 0 }
}

function parsed(text: string): JsonObject | undefined {
  if (!text.startsWith('{')) return undefined
  try {
    return JSON.parse(text) as JsonObject
  } catch {
    return undefined
  }
}

function timeOf(value: Cell | undefined): number | undefined {
  if (typeof value !== 'string') return typeof value === 'number' ? value : undefined
  if (/^-?[\d.]+$/.test(value)) return Number(value)
  const time = parseTime(value)
  return time === undefined ? undefined : time / 1000
}
