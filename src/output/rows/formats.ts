import { rowChart } from './chart.ts'
import { rowCsv } from './csv.ts'
import { rowLines } from './jsonl.ts'
import type { RowFormat } from './row-writer.ts'
import { rowTable } from './table.ts'

export type RowFormatName = 'table' | 'jsonl' | 'csv' | 'chart'

/** Every form of a search's rows that is text, by the name that `-t` takes. */
export const rowFormats: Readonly<Record<RowFormatName, RowFormat>> = {
  table: rowTable,
  jsonl: rowLines,
  csv: rowCsv,
  chart: rowChart,
}
