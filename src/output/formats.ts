import { writeCsv } from './csv.ts'
import { writeHtml } from './html/page.ts'
import { writeJson, writeJsonLines } from './json.ts'
import { writeOcsf } from './ocsf.ts'
import type { Format } from './report.ts'
import { writeTable } from './table.ts'

export type FormatName = 'table' | 'jsonl' | 'json' | 'csv' | 'html' | 'ocsf'

/** Every form in which findings are taken away, by the name that `-t` takes. */
export const formats: Readonly<Record<FormatName, Format>> = {
  table: writeTable,
  jsonl: writeJsonLines,
  json: writeJson,
  csv: writeCsv,
  html: writeHtml,
  ocsf: writeOcsf,
}
