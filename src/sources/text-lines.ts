import { auditKey, auditLine } from './auditd/line.ts'

/** Where the texts of records go that were made of lines. */
export interface TextSink {
  /** The text of one record, as it stands in the file. */
  record(text: string): void
  /** A record that could not be put together. */
  left(message: string): void
}

/** Is this the beginning of a text in which some records take several lines: `<Event>` elements, or lines of auditd? */
export function hasJoinedLines(head: string): boolean {
  if (head.includes('<Event') && XML_EVENT.test(head)) return true
  return head.includes('audit(') && AUDIT_LINE.test(head)
}

const XML_EVENT =
  /^[^{["\n][^\n]{0,512}?<Event(?:\s[^<>]*)?>\s*<System\b|^\s*(?:<\?xml[^>]*>\s*)?<Events?(?:\s[^<>]*)?>\s*<(?:Event|System)\b/m
const AUDIT_LINE = /^[^{["\n]{0,512}\b(?:msg=audit\(|type=\S+ audit\()\d/m

/** Events of auditd that are put together at one time; their lines stand close to each other. */
const MOST_OPEN = 256

const XML_END = '</Event>'
/** What stands around events and belongs to none. */
const AROUND = /<\?xml[^>]*\?>|<\/?Events(?:\s[^>]*)?>|<!--.*?-->/g

/** The pieces of a text for `LineJoiner`: its lines, cut at the end of each event, since exports have all in one line. */
export function piecesOf(text: string): string[] {
  return text.replaceAll(XML_END, `${XML_END}\n`).split('\n')
}

/**
 * Puts records together that take several lines: an `<Event>` up to its end, and the lines of one event of auditd. Any other
 * line is a record of its own.
 */
export class LineJoiner {
  private readonly sink: TextSink
  private readonly most: number
  /** Of an event of XML that has not ended. */
  private xml: string[] = []
  private length = 0
  private readonly audits = new Map<string, string[]>()

  /** @param most characters that one record may have */
  constructor(sink: TextSink, most: number) {
    this.sink = sink
    this.most = most
  }

  line(line: string): void {
    if (this.xml.length > 0 || line.includes('<Event')) this.xmlLine(line)
    else if (line.includes('audit(')) this.auditLine(line)
    else this.other(line)
  }

  end(): void {
    if (this.xml.length > 0) this.unended()
    for (const key of [...this.audits.keys()]) this.flush(key)
  }

  private xmlLine(line: string): void {
    if (this.xml.length > 0 && XML_START.test(line)) this.unended()
    this.xml.push(line)
    this.length += line.length
    if (line.includes(XML_END)) {
      this.other(this.takeXml())
    } else if (this.xml.length === 1 && !XML_START.test(line)) this.other(this.takeXml())
    else if (this.length > this.most) this.unended()
  }

  private takeXml(): string {
    const text = this.xml.join('\n')
    this.xml = []
    this.length = 0
    return text.replaceAll(AROUND, '')
  }

  private unended(): void {
    this.takeXml()
    this.sink.left('the text of an event ends before its </Event>, or it is too long')
  }

  private auditLine(text: string): void {
    const line = auditLine(text)
    if (line === undefined) {
      this.other(text)
      return
    }
    const key = auditKey(line)
    const lines = this.audits.get(key)
    if (lines === undefined) this.audits.set(key, [text.trimEnd()])
    else lines.push(text.trimEnd())
    if (line.type === 'EOE') this.flush(key)
    else if (this.audits.size > MOST_OPEN) this.flush(this.audits.keys().next().value ?? '')
  }

  private flush(key: string): void {
    const lines = this.audits.get(key)
    this.audits.delete(key)
    if (lines !== undefined) this.sink.record(lines.join('\n'))
  }

  private other(line: string): void {
    const text = line.trim()
    if (text !== '' && !SEPARATOR.test(text)) this.sink.record(text)
  }
}

const XML_START = /<Event[\s>]/
/** A line of that alone, or what `ausearch` writes between events. */
const SEPARATOR = /^(?:<\?xml[^>]*\?>|<\/?Events(?:\s[^>]*)?>|<!--[^>]*-->|\s)+$|^-{4}$|^time->/
