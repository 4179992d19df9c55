import type { JsonObject } from '../core/json.ts'
import { accessRecord } from './s3-access/line.ts'
import type { TextEvent } from './text-event.ts'
import { defaultFlow, flowHeader, flowRecord } from './vpc-flow/lines.ts'

/** The record of the next line; `undefined` of a line that is none, `header` of one that only names the fields. */
export type LineRows = (line: string) => JsonObject | 'header' | undefined

/** Reads the lines of a text each of which is a record without names: a flow log, or a server access log of S3. */
export function lineRows(head: string): LineRows | undefined {
  const lines = head.trimStart().split(/\r?\n/, FIRST_LINES)
  if (lines.some(line => flowHeader(line) !== undefined)) return flowRows()
  return lines.some(line => rowOf(line) !== undefined) ? rowOf : undefined
}

/** The first line may have been cut, or say something of the file. */
const FIRST_LINES = 5

/** Files put one after another repeat the header. */
function flowRows(): LineRows {
  let names: readonly string[] = []
  return line => {
    const header = flowHeader(line)
    if (header === undefined) return names.length === 0 ? rowOf(line) : flowRecord(names, line.trim())
    names = header
    return 'header'
  }
}

function rowOf(line: string): JsonObject | undefined {
  return defaultFlow(line) ?? accessRecord(line.trim())
}

/** The record in one line of text that stood inside something else. */
export function lineEvents(text: string): readonly TextEvent[] {
  const own = text.trim()
  const record = rowOf(own)
  return record === undefined ? [] : [{ record, text: own }]
}
