import { createRequire } from 'node:module'

type Driver = typeof import('@duckdb/node-api')

/**
 * DuckDB, loaded only when there is something to relate. It is required, for to import it takes twice as long: its
 * files are read once more for the names that they export.
 */
export function driver(): Driver {
  return createRequire(import.meta.url)('@duckdb/node-api') as Driver
}
