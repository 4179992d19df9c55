import type { FieldStyle } from '../../engines/files/event-row.ts'
import { type Pipeline, select, visible } from '../../plan/pipeline.ts'
import { column } from '../../plan/scalars.ts'

/** What Sumo Logic says of every message beside its fields. */
const METADATA: ReadonlySet<string> = new Set([
  '_time',
  '_messageTime',
  '_receiptTime',
  '_raw',
  '_sourceCategory',
  '_sourceHost',
  '_sourceName',
  '_source',
  '_collector',
])
/** What Splunk keeps of every event, whatever `fields` says. */
const INTERNAL: ReadonlySet<string> = new Set(['_time', '_raw'])

/**
 * The result as people expect to see it: without what events carry by themselves, unless the text of the search names
 * it, or nothing else is left. In Splunk only `fields` leaves it there where it was not asked for.
 */
export function asShown(pipeline: Pipeline, text: string, style: FieldStyle): Pipeline {
  if (style === 'splunk' && !/\bfields\b/.test(text)) return pipeline
  const carried = style === 'splunk' ? INTERNAL : METADATA
  const columns = visible(pipeline)
  const kept = columns.filter(({ name }) => !carried.has(name) || text.includes(name))
  if (kept.length === columns.length || kept.length === 0) return pipeline
  return select(
    pipeline,
    kept.map(({ name, type }) => ({ name, value: column(name, type) })),
  )
}
