import type { LineRows } from '../../sources/line-tables.ts'
import { LineCutter } from './line-cutter.ts'
import type { MemberReader } from './reading.ts'
import type { RecordSink } from './records.ts'

/** Reads lines that are records without names, as flow logs and access logs have them. A line that is none is given as text. */
export function lineTableReader(sink: RecordSink, rows: LineRows, maxLine: number): MemberReader {
  return new LineCutter(sink, maxLine, {
    split: text => text.split('\n'),
    line: line => {
      const own = line.trim()
      if (own === '') return
      const record = rows(own)
      if (record !== 'header') sink.record(record ?? own, own)
    },
    end: () => {},
  })
}
