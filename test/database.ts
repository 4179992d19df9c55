import { afterAll } from 'vitest'
import { Database } from '../src/engines/duckdb/database.ts'
import { withDatabase as inOwnDatabase } from '../src/engines/duckdb/with-database.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** An empty database for the tests of one file, closed after them. To be called where the file begins. */
export async function testDatabase(): Promise<Database> {
  const database = await Database.open({ memory: 500, threads: 1, folder: temporaryFolder() })
  afterAll(() => database.close())
  return database
}

/** What is done with an empty database, which is closed after it. */
export function withDatabase<T>(use: (database: Database) => Promise<T>): Promise<T> {
  return inOwnDatabase({ memory: 500, threads: 1 }, use)
}
