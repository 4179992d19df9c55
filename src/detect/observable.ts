import type { LogSource } from '../core/log-source.ts'
import type { Source } from '../sources/source.ts'
import { sourcesFor } from '../sources/sources.ts'

/** The logs of a scan: which were known, the house's own if it is not said, and the ids of those that had events. */
export interface SeenLogs {
  readonly sources: ReadonlySet<string>
  readonly known?: readonly Source[]
}

/** Was there any event of a log that a rule with this log source is about? */
export function isObservable(logsource: LogSource, { sources, known }: SeenLogs): boolean {
  return sourcesFor(logsource, known).some(({ id }) => sources.has(id))
}
