import type { Dialect } from './dialect.ts'
import type { EventTable } from './event-table.ts'

/** How conditions on events are printed. */
export interface ExprOptions {
  readonly table: EventTable
  readonly dialect: Dialect
  /** What would have to look into JSON is left open where a glance at its text does not decide. */
  readonly cheap?: boolean
}
