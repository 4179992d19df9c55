import type { Analytic, Base } from '../analytics/analytic.ts'
import { type Selection, selects } from '../rules/select.ts'

/** Which analytics run. */
export interface AnalyticPlan {
  /** All that there are. */
  readonly all: readonly Analytic[]
  readonly chosen: readonly Analytic[]
  readonly running: readonly Analytic[]
  /** Base rules of those that run, each once with all who take its hits; their numbers follow those of all other rules. */
  readonly bases: readonly (readonly [analytics: readonly Analytic[], base: Base])[]
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
  const bases = [...new Set(running.flatMap(analytic => analytic.bases))]
  return {
    all,
    chosen,
    running,
    bases: bases.map(base => [running.filter(analytic => analytic.bases.includes(base)), base]),
  }
}
