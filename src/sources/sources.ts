import type { LogSource } from '../core/log-source.ts'
import { auditd } from './auditd/auditd.ts'
import { cloudtrail } from './cloudtrail/cloudtrail.ts'
import { linuxSysmon } from './event-log/linux-sysmon.ts'
import { windows } from './event-log/windows.ts'
import type { Source } from './source.ts'

/** Every kind of log that is known here, in the order in which a record is tried. */
export const sources: readonly Source[] = [cloudtrail, linuxSysmon, windows, auditd]

/** The kinds of log that a rule is about; none if there is no such kind here. */
export function sourcesFor(logsource: LogSource): readonly Source[] {
  return sources.filter(source => source.answers(logsource))
}

/**
 * Keys of an object whose array holds records each of which tells by itself what it is, so that a reader may take
 * them one by one and drop the object around them. Not `log`, `value` or `hits`, which occur inside of single
 * records, and nothing whose envelope says what the elements are: CloudWatch's control messages are known by their text.
 */
export const arrayKeys: ReadonlySet<string> = new Set([
  'Records',
  'records',
  'Events',
  'events',
  'Messages',
  'logEvents',
  'QueryResultRows',
  'results',
])

/** The same, where any object may be a record: only those that wrap nothing but records. */
export const genericArrayKeys: ReadonlySet<string> = new Set(['Records', 'records', 'results', 'logEvents'])
