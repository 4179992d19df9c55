import type { Database } from '../../engines/duckdb/database.ts'

/** Ends what the engine does soon after the stop is asked for. */
export function interruptOn(stop: Int32Array, database: Database): NodeJS.Timeout {
  return setInterval(() => {
    if (Atomics.load(stop, 0) !== 0) database.interrupt()
  }, 50).unref()
}
