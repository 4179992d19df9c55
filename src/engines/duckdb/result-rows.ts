import type { DuckDBResult } from '@duckdb/node-api'
import type { Cell } from '../../plan/relation.ts'
import type { Sql } from '../../sql/sql.ts'
import { EngineError } from './engine-error.ts'
import { cellOf } from './result-cell.ts'

export type ResultRow = readonly Cell[]

/** The rows of what a statement gives, in batches. Throws `EngineError`. */
export async function* resultRows(
  result: DuckDBResult,
  statement: Sql,
): AsyncGenerator<readonly ResultRow[]> {
  try {
    for await (const batch of result.yieldRowsJs()) yield batch.map(row => row.map(cellOf))
  } catch (cause) {
    throw new EngineError(statement, cause)
  }
}
