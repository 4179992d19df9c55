import { type AnalyticPlan, analyticPlan } from './analytic-plan.ts'
import type { HuntOptions } from './options.ts'
import { type RulePlan, rulePlan } from './rule-plan.ts'
import type { ScanWork } from './scan-inputs.ts'
import { type SearchPlan, searchPlan } from './searches/plan.ts'

/** What runs in a hunt, and what that asks of the scan. */
export interface HuntPlan {
  readonly rules: RulePlan
  readonly analytics: AnalyticPlan
  readonly searches: SearchPlan
  readonly work: ScanWork
  /** Number of the first of `work.hiding`, see there. */
  readonly firstHiding: number
}

/** The rules, analytics and searches that are chosen and have what they need. */
export function huntPlan(options: HuntOptions): HuntPlan {
  const { selection, profile, knowledge } = options
  // Each hit may be wanted by who watches, or hidden by an approval.
  const whole = options.watch.hit !== undefined || knowledge?.hideApproved === true
  const loaded = options.rules.rules.map(({ rule }) => rule)
  const rules = rulePlan(loaded, selection, whole)
  const analytics = analyticPlan(options.analytics ?? [], selection, knowledge?.context !== undefined)
  const searches = searchPlan(options.searches, selection)
  const bases = analytics.bases.map(([, base]) => base)
  const carries = rules.correlations.length + bases.length > 0
  const work: ScanWork = {
    rules: [...rules.detections, ...bases.map(({ rule }) => rule)],
    correlations: rules.correlations,
    profile,
    gates: searches.gates,
    rows: searches.rows,
    ...(knowledge?.geo && { geo: knowledge.geo.files.map(({ file }) => file) }),
    ...(carries ? { carry: [...rules.carry, ...bases.map(base => base.carry)] } : {}),
    ...(rules.bare.includes(true) ? { bare: rules.bare } : {}),
    ...(rules.hiding.length > 0 ? { hiding: rules.hiding } : {}),
  }
  return { rules, analytics, searches, work, firstHiding: work.rules.length + 1 }
}
