import { inTemporaryFolder } from '../temporary-folder.ts'
import { Database, type DatabaseOptions } from './database.ts'

/** Does something with an empty database in a temporary folder, which is closed afterwards. */
export function withDatabase<T>(
  options: Omit<DatabaseOptions, 'folder'>,
  use: (database: Database) => Promise<T>,
): Promise<T> {
  return inTemporaryFolder(async folder => {
    const database = await Database.open({ ...options, folder })
    return use(database).finally(() => database.close())
  })
}
