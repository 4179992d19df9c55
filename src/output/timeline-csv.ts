import { ENTITY_KINDS } from '../findings/finding.ts'
import type { TimelineEntry } from '../findings/timeline.ts'
import { type Cell, csvLine } from './csv.ts'
import type { Write } from './report.ts'
import type { TimelineWriter } from './timeline-writer.ts'

type Column = readonly [name: string, cell: (entry: TimelineEntry) => Cell]

const COLUMNS: readonly Column[] = [
  ['time', entry => entry.time],
  ['part', entry => entry.part],
  ['action', entry => entry.action],
  ['outcome', entry => entry.outcome],
  ['error', entry => entry.error],
  ...ENTITY_KINDS.map((kind): Column => [kind, entry => entry.entities[kind]]),
  ['marks', entry => entry.marks.map(({ level, title }) => `${level}: ${title}`)],
  ['new', entry => ENTITY_KINDS.filter(kind => entry.new[kind] !== undefined)],
  ['named', entry => entry.named.map(({ field, value }) => `${field}=${value}`)],
  ['event_id', entry => entry.event_id],
  ['file', entry => entry.file],
  ['record', entry => entry.record],
  ['sha256', entry => entry.sha256],
]

/** A head line with the names of the columns, and one line an entry. */
export function timelineCsv(write: Write): TimelineWriter {
  return {
    head: () => write(csvLine(COLUMNS.map(([name]) => name))),
    entry: entry => write(csvLine(COLUMNS.map(([, cell]) => cell(entry)))),
    end: () => {},
  }
}
