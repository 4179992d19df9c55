import { csvLine } from '../csv.ts'
import type { Write } from '../report.ts'
import type { RowWriter } from './row-writer.ts'

/** RFC 4180 with a head line; cells are as safe as those of findings. */
export function rowCsv(write: Write): RowWriter {
  return {
    begin: columns => write(csvLine(columns)),
    rows: rows => {
      for (const row of rows) {
        write(csvLine(row.map(cell => (typeof cell === 'boolean' ? String(cell) : (cell ?? undefined)))))
      }
    },
    end: () => {},
  }
}
