import type { Analytic, Base } from '../analytics/analytic.ts'
import { type Selection, selects } from '../rules/select.ts'

/** Which analytics run. */
export interface AnalyticPlan {
  /** All that there are. */
  readonly all: readonly Analytic[]
  readonly chosen: readonly Analytic[]
  readonly running: readonly Analytic[]
  /** Base rules of those that run; their numbers follow those of all other rules. */
  readonly bases: readonly (readonly [analytic: Analytic, base: Base])[]
}

/** Those that are chosen, where there is a context to ask. */
export function analyticPlan(
  all: readonly Analytic[],
  selection: Selection,
  hasContext: boolean,
): AnalyticPlan {
  // What level a case has is known only in the end.
  const { include, exclude } = selection
  const chosen = all.filter(({ meta }) => selects({ include, exclude }, meta))
  const running = hasContext ? chosen : []
  const bases = running.flatMap(analytic => analytic.bases.map(base => [analytic, base] as const))
  return { all, chosen, running, bases }
}
