import { constants } from 'node:buffer'
import { csvRecords, looksLikeCsv, type RowReader, TYPE_LINE } from '../../sources/csv.ts'
import { parseJson } from '../../sources/json-text.ts'
import { lineRows } from '../../sources/line-tables.ts'
import { mappedLines } from '../../sources/map/mapped-lines.ts'
import type { Source } from '../../sources/source.ts'
import { arrayKeys, genericArrayKeys } from '../../sources/sources.ts'
import { isMappedTable, looksLikeEventTable, looksLikeTable, plainRow } from '../../sources/tables.ts'
import { hasJoinedLines } from '../../sources/text-lines.ts'
import { EvtxReader, isEvtx } from './evtx-reader.ts'
import { lineReader } from './line-reader.ts'
import { lineTableReader } from './line-table-reader.ts'
import type { MemberReader } from './reading.ts'
import { RecordReader, type RecordSink } from './records.ts'
import { Utf16Reader, utf16Order } from './utf16-reader.ts'

export interface MemberLimits {
  readonly maxRecord: number
  readonly maxUnpacked: number
  /** Also text and tables that are no known log. */
  readonly generic?: boolean
  /** Of the file, which may say that it is a table. */
  readonly name?: string
  /** The logs that are known; those of the house if not given. */
  readonly sources?: readonly Source[]
}

/** So much of the beginning is wanted to choose a reader, if there is so much. */
export const HEAD_BYTES = 65_536

/**
 * The reader that fits how the member begins: JSON in any arrangement, CSV with a header, lines with JSON, XML or audit
 * records in them, an event log of Windows, or none.
 */
export function memberReader(first: Buffer, sink: RecordSink, limits: MemberLimits): MemberReader {
  if (isEvtx(first)) return new EvtxReader(sink)
  const order = utf16Order(first)
  if (order !== undefined) return new Utf16Reader(order, text => memberReader(text, sink, limits))
  const text = headOf(first)
  // Holes in a file that was not written to its end are NUL bytes.
  if (text.includes('\0') && !JSON_START.test(text)) return isTar(first) ? tarReader(sink) : noReader(sink)
  const json = JSON_START.test(text)
  if (json && limits.generic !== true)
    return new RecordReader(sink, { arrayKeys, maxRecord: limits.maxRecord })
  if (!json && hasJoinedLines(text)) return lineReader(sink, limits.maxRecord)
  const rows = json ? undefined : (mappedLines(text, limits.sources ?? []) ?? lineRows(text))
  if (rows !== undefined) return lineTableReader(sink, rows, limits.maxRecord)
  const line = text.slice(0, text.search(/\r?\n|$/))
  if (isMappedTable(text, limits.sources ?? [])) return new CsvReader(sink, limits.maxUnpacked, plainRows)
  if (looksLikeCsv(line)) return new CsvReader(sink, limits.maxUnpacked)
  if (isTable(text, line, limits)) return new CsvReader(sink, limits.maxUnpacked, plainRows)
  if (limits.generic === true) return genericReader(text, line, sink, limits)
  if (PREFIXED_LINE.test(text) && !JSON_LINE.test(text)) return lineReader(sink, limits.maxRecord)
  return new RecordReader(sink, { arrayKeys, maxRecord: limits.maxRecord })
}

function isTable(head: string, line: string, { generic, name, sources }: MemberLimits): boolean {
  if (TABLE_OF_EVENTS.test(line) && looksLikeEventTable(head, sources)) return true
  return generic === true && looksLikeTable(head, name)
}

/** Columns without which a table holds no events: of Windows, Microsoft 365, Azure, flow logs and CloudWatch Logs. */
const TABLE_OF_EVENTS =
  /^(?:[^{[<].*\b)?(?:EventID|EventCode|ActionType|AuditData|Operation|OperationName|OperationNameValue|FlowStartTime(?:_t)?|srcaddr|bucketowner|bucket_owner|message)\b/i

const plainRows: RowReader = names => cells => plainRow(names, cells)

/** Text that is no known log is read by lines, and so is JSON of which each line is a value. */
function genericReader(head: string, line: string, sink: RecordSink, limits: MemberLimits): MemberReader {
  if (!JSON_START.test(head)) return lineReader(sink, limits.maxRecord)
  const whole = line.length < head.length && parseJson(line) !== undefined
  if (whole) return lineReader(sink, limits.maxRecord, 'JSON')
  return new RecordReader(sink, { arrayKeys: genericArrayKeys, maxRecord: limits.maxRecord })
}

/** Does it begin as objects, lists of them and texts of them do, and hardly anything else? */
export function beginsAsJson(first: Buffer): boolean {
  return JSON_START.test(headOf(first))
}

const JSON_START = /^\s*(?:\{\s*["}]|\[\s*[{"\]]|"\{)/
const JSON_LINE = /^[ \t]*(?:[{"]|\[[ \t]*(?:[[{"\]]|$))/m
const PREFIXED_LINE = /^[^\s{"].*\{"/m

function headOf(bytes: Buffer): string {
  return bytes
    .toString('utf8', 0, HEAD_BYTES)
    .replace(/^\ufeff/, '')
    .replace(TYPE_LINE, '')
}

const NOTHING: MemberReader = { push: () => {}, end: () => {}, whole: () => {} }

/** Bytes that are no text. */
function noReader(sink: RecordSink): MemberReader {
  sink.problem('input/not-text', 'this is not text: it has NUL bytes')
  return NOTHING
}

/** Logs may be in it, so that leaving it out is a loss. */
function tarReader(sink: RecordSink): MemberReader {
  sink.problem('input/tar', 'this is a tar archive, which is not opened: unpack it, and name the folder')
  return NOTHING
}

/** Its first header says so (POSIX.1, `ustar`). */
function isTar(first: Buffer): boolean {
  return first.toString('latin1', 257, 262) === 'ustar'
}

/** CSV is read whole, up to the cap. */
class CsvReader implements MemberReader {
  private readonly sink: RecordSink
  private readonly limit: number
  private readonly reader: RowReader | undefined
  private pieces: Buffer[] = []
  private size = 0

  constructor(sink: RecordSink, limit: number, reader?: RowReader) {
    this.sink = sink
    this.reader = reader
    this.limit = Math.min(limit, constants.MAX_STRING_LENGTH)
  }

  push(bytes: Buffer): void {
    this.size += bytes.length
    if (this.size <= this.limit) this.pieces.push(Buffer.from(bytes))
  }

  end(): void {
    if (this.size > this.limit)
      this.sink.problem(
        'input/too-large',
        `a CSV file may have ${this.limit} bytes; raise it with --max-unpacked`,
      )
    this.whole(Buffer.concat(this.pieces))
  }

  whole(bytes: Buffer): void {
    csvRecords(
      bytes.toString('utf8').replace(/^\ufeff/, ''),
      (row, _line, text) => this.sink.record(row, text),
      message => this.sink.problem('input/bad-csv', message),
      this.reader,
    )
  }
}
