import { CsvError, parse } from 'csv-parse/sync'
import { isObject, type Json, parsedJson } from '../../core/json.ts'
import { limits } from '../limits.ts'
import { delimiterOf } from '../read-csv.ts'

/** What a cloud printed, as JSON; a table, and JSON lines, are a list of objects. A text is the reason why it cannot be read. */
export function printed(text: string): { readonly value: Json } | string {
  if (text.length > limits.imported)
    return `${text.length} characters are too many; the limit is ${limits.imported}`
  if (/^\s*[[{]/.test(text)) return json(text)
  try {
    const rows: Json = parse(text, {
      bom: true,
      columns: names => (names as readonly string[]).map(name => name.trim()),
      delimiter: delimiterOf(text),
      relax_column_count: true,
      skip_empty_lines: true,
    })
    return { value: rows }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return `it is neither JSON nor CSV: ${error.message}`
  }
}

function json(text: string): { readonly value: Json } | string {
  try {
    return { value: JSON.parse(text) as Json }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return jsonLines(text) ?? `it is no JSON: ${error.message}`
  }
}

/** What is sent into a bucket event by event, as a list; `undefined` if not each line is an object of its own. */
function jsonLines(text: string): { readonly value: Json } | undefined {
  const lines = text.split('\n').filter(line => line.trim() !== '')
  const values = lines.length < 2 ? [] : lines.map(parsedJson)
  return values.length > 0 && values.every(isObject) ? { value: values } : undefined
}
