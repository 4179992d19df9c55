import type { LogSource } from '../../core/log-source.ts'

/** Where a log source has the time of its events, as ISO 8601 in UTC. */
const FIELDS: ReadonlyMap<string, string> = new Map([
  ['aws', 'eventTime'],
  ['azure', 'time'],
  ['gcp', 'timestamp'],
  ['m365', 'CreationTime'],
])

export function timeField({ product }: LogSource): string | undefined {
  return FIELDS.get(product ?? '')
}
