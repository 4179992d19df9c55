import { extname } from 'node:path'
import { type FormatName, formats } from '../output/formats.ts'

/** The format asked for, else that of the output file's name, else a table on a terminal and JSON lines elsewhere. */
export function formatFor(asked: FormatName | undefined, file: string | undefined): FormatName {
  if (asked !== undefined) return asked
  const name = file === undefined ? '' : extname(file).slice(1).toLowerCase()
  const byName = (Object.keys(formats) as FormatName[]).find(format => format === name)
  return byName ?? (file === undefined && process.stdout.isTTY === true ? 'table' : 'jsonl')
}
