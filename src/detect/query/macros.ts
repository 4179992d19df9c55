import { readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { type Outcome, refused } from '../../core/diagnostic.ts'
import { readMacrosConf } from '../../lang/spl/macros/conf.ts'
import { readMacrosJson } from '../../lang/spl/macros/json.ts'
import type { MacroTable } from '../../lang/spl/search.ts'

/** The macros of a `macros.conf` or a JSON file. */
export function macrosFrom(file: string): Outcome<MacroTable> {
  try {
    const text = readFileSync(file, 'utf8')
    return extname(file).toLowerCase() === '.json' ? readMacrosJson(text) : readMacrosConf(text)
  } catch (error) {
    const message = `it cannot be read: ${error instanceof Error ? error.message : String(error)}`
    return refused([{ code: 'macros/unreadable', severity: 'error', message }])
  }
}
