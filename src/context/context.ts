import { isoTime } from '../core/time.ts'
import type { Table } from './column.ts'
import type { Lookups } from './lookups.ts'
import type { ParameterValue } from './parameters.ts'
import type { Row } from './row.ts'

/** `missing`: there is no file of it. `empty`: there is, and no row of it was accepted. */
export type TableState = 'missing' | 'empty' | 'loaded'

export interface LoadedTable {
  readonly table: Table
  readonly state: TableState
  readonly rows: readonly Row[]
  /** Rows that were refused. */
  readonly refused: number
  /** No row of its file could be read at all. */
  readonly unread?: true
  readonly file?: string
  /** Entries of an inventory that were last verified too long ago, and the earliest such time. */
  readonly stale: number
  readonly oldest?: number
  /** Approvals whose review was due. */
  readonly overdue: number
}

/** What the organisation knows, judged at one moment. */
export interface Context {
  /** UTC ms; what is overdue and stale is judged then. Validity is judged at the time of each event. */
  readonly asOf: number
  /** All of them, in the order of `TABLES`. */
  readonly tables: ReadonlyMap<string, LoadedTable>
  readonly lookups: Lookups
  readonly parameters: ReadonlyMap<string, ParameterValue>
}

export function stateOf(context: Context, table: string): TableState {
  return context.tables.get(table)?.state ?? 'missing'
}

/** Why what is said with a table has to be taken with care; `undefined` if there is no reason. */
export function caveatOf({ table, state, stale, oldest, overdue, ...lost }: LoadedTable): string | undefined {
  if (lost.unread === true) return `${table.name} cannot be read`
  if (state === 'empty' && lost.refused > 0) return `${table.name} is empty: all of its rows were refused`
  if (state !== 'loaded') return `${table.name} is ${state}`
  if (stale > 0) {
    const since = oldest === undefined ? 'never verified' : `the oldest last verified ${isoTime(oldest)}`
    return `${table.name} is stale: ${stale} of its entries, ${since}`
  }
  return overdue > 0 ? `${table.name}: ${overdue} of its approvals are overdue for review` : undefined
}
