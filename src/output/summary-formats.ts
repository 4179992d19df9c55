import { safeJson } from '../core/terminal.ts'
import type { Summary } from '../findings/summary.ts'
import type { FormatOptions, Write } from './report.ts'
import { summaryTable } from './summary-table.ts'

export type SummaryFormatName = 'table' | 'json'

/** Every form of a summary, by the name that `-t` takes. */
export const summaryFormats: Readonly<
  Record<SummaryFormatName, (summary: Summary, write: Write, options: FormatOptions) => void>
> = {
  table: summaryTable,
  json: (summary, write) => write(`${safeJson(summary, 2)}\n`),
}
