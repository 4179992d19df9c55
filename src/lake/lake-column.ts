import type { Column } from '../plan/scalar.ts'
import { type Sql, sql } from '../sql/sql.ts'

/** How a field is read from a table of the lake. */
export interface LakeColumn {
  readonly value: Sql
  readonly type: Column['type']
}

export const NO_TEXT = sql`CAST(NULL AS VARCHAR)`
export const NO_LIST = sql`CAST(NULL AS VARCHAR[])`
