import { auditEvents } from './auditd/audit-text.ts'
import { eventOfXml } from './event-log/event-xml.ts'
import { lineEvents } from './line-tables.ts'
import type { TextEvent } from './text-event.ts'

/** More text than that before the first event is no prefix of it. */
const LONGEST_PREFIX = 4096

/** The events in a text that is no JSON: `<Event>` elements of the Windows event log and of Sysmon for Linux, lines of auditd, of flow logs and of access logs. */
export function textEvents(text: string): readonly TextEvent[] {
  const xml = text.indexOf('<Event')
  if (xml >= 0 && xml <= LONGEST_PREFIX) return xmlEvents(text, xml)
  const audit = text.indexOf('audit(')
  return audit >= 0 && audit <= LONGEST_PREFIX ? auditEvents(text) : lineEvents(text)
}

const END = '</Event>'

function xmlEvents(text: string, first: number): readonly TextEvent[] {
  const found: TextEvent[] = []
  for (let start = first; start >= 0; ) {
    const end = text.indexOf(END, start)
    if (end < 0) break
    const own = text.slice(start, end + END.length)
    const record = eventOfXml(own)
    if (record !== undefined) found.push({ record, text: own })
    start = text.indexOf('<Event', end)
  }
  const [only] = found
  // What stands before a lone event is a part of its line.
  return found.length === 1 && only !== undefined ? [{ record: only.record, text: text.trim() }] : found
}
