import type { RowJob } from '../../engines/files/row-taker.ts'
import type { Gate } from '../../engines/files/scan-job.ts'
import { type Selection, selects } from '../../rules/select.ts'
import type { PreparedSearch, SearchAround } from './prepare.ts'
import { rowJobs } from './row-jobs.ts'

/** The searches of a hunt, and what the engine may use. */
export interface SearchHunt extends SearchAround {
  readonly prepared: readonly PreparedSearch[]
  /** MB */
  readonly memory: number
}

/** Which searches run, and which events may matter to each. */
export interface SearchPlan {
  readonly running: readonly PreparedSearch[]
  readonly excluded: readonly PreparedSearch[]
  /** In the order of `running`. */
  readonly gates: readonly Gate[]
  readonly rows: readonly RowJob[]
}

export function searchPlan(hunt: SearchHunt | undefined, selection: Selection): SearchPlan {
  const all = hunt?.prepared ?? []
  const running = all.filter(({ rule }) => selects(selection, rule.meta))
  return {
    running,
    excluded: all.filter(one => !running.includes(one)),
    rows: rowJobs(running),
    gates: running.map(({ rule: { sources }, search: { prefilter: where } }) => ({
      ...(sources === undefined ? {} : { sources }),
      ...(where === undefined ? {} : { where }),
    })),
  }
}
