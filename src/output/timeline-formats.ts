import { safeJson } from '../core/terminal.ts'
import type { FormatOptions, Write } from './report.ts'
import { timelineCsv } from './timeline-csv.ts'
import { timelineTable } from './timeline-table.ts'
import type { TimelineWriter } from './timeline-writer.ts'

export type TimelineFormat = (write: Write, options: FormatOptions) => TimelineWriter

export type TimelineFormatName = 'table' | 'jsonl' | 'json' | 'csv'

/** Every form of a timeline, by the name that `-t` takes. */
export const timelineFormats: Readonly<Record<TimelineFormatName, TimelineFormat>> = {
  table: timelineTable,
  /** One entry a line, without the head. */
  jsonl: write => ({ head: () => {}, entry: entry => write(`${safeJson(entry)}\n`), end: () => {} }),
  json: timelineJson,
  csv: timelineCsv,
}

/** `{"head": …, "events": […]}`, one entry a line. */
function timelineJson(write: Write): TimelineWriter {
  let separator = '\n'
  return {
    head: head => write(`{"head":${safeJson(head)},"events":[`),
    entry: entry => {
      write(`${separator}${safeJson(entry)}`)
      separator = ',\n'
    },
    end: () => write('\n]}\n'),
  }
}
