import { safeJson } from '../../core/terminal.ts'
import type { Write } from '../report.ts'
import type { RowWriter } from './row-writer.ts'

/** One row a line; columns without a value are left out. */
export function rowLines(write: Write): RowWriter {
  let names: readonly string[] = []
  return {
    begin: columns => {
      names = columns
    },
    rows: rows => {
      for (const row of rows) {
        const members = names.flatMap((name, at) => {
          const cell = row[at]
          return cell === null || cell === undefined ? [] : [`${safeJson(name)}:${safeJson(cell)}`]
        })
        write(`{${members.join(',')}}\n`)
      }
    },
    end: () => {},
  }
}
