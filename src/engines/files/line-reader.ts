import { LineJoiner, piecesOf } from '../../sources/text-lines.ts'
import { LineCutter } from './line-cutter.ts'
import type { MemberReader } from './reading.ts'
import { giveRecord, type RecordSink } from './records.ts'

/**
 * Reads lines such as syslog's, with JSON after a prefix; events of XML and of auditd that take several lines.
 *
 * @param lines `JSON`: a line that begins as a value does is meant to be one
 */
export function lineReader(sink: RecordSink, maxLine: number, lines: 'JSON' | 'text' = 'text'): MemberReader {
  const json = lines === 'JSON'
  const joiner = new LineJoiner(
    {
      record: text => sink.record(text, text),
      left: message => sink.left('input/bad-record', message),
    },
    maxLine,
  )
  const value = (text: string): void => {
    const wrong = giveRecord(text, sink)
    if (wrong !== undefined) sink.left('json/bad-record', `a line begins as JSON does, and ${wrong}`)
  }
  return new LineCutter(sink, maxLine, {
    split: json ? text => text.split('\n') : piecesOf,
    line: line => {
      if (json && /^\s*[{[]/.test(line)) value(line.trim())
      else joiner.line(line)
    },
    end: () => joiner.end(),
  })
}
