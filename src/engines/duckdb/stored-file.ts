import { quote, type Sql } from '../../sql/sql.ts'

/** The path of one file as a literal, for functions that take patterns. */
export function storedFile(path: string): Sql {
  return quote(path.replace(/[*?[]/g, '[$&]'))
}
