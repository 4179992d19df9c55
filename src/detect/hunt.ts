import type { Analytic, AnalyticResult, FoundObject } from '../analytics/analytic.ts'
import { noGeo } from '../context/geo.ts'
import type { Hit } from '../core/hit.ts'
import type { Sweep } from '../engines/files/sweep.ts'
import { type FindingList, listOf, merged } from '../findings/finding-list.ts'
import type { Ledger } from '../findings/ledger.ts'
import type { DetectionRule } from '../plan/rule.ts'
import { analyticEntries } from './analytic-ledger.ts'
import { type AnalyticPlan, analyticPlan } from './analytic-plan.ts'
import { distinctHits } from './distinct.ts'
import { gather } from './gather.ts'
import { KnownFacts } from './knowledge.ts'
import { ledgerOf } from './ledger.ts'
import { doubtedEvents, lowered } from './lowered.ts'
import type { HuntOptions } from './options.ts'
import { rulePlan } from './rule-plan.ts'
import { runAnalytics } from './run-analytics.ts'
import { type Scanned, scanInputs } from './scan-inputs.ts'
import { searchPlan } from './searches/plan.ts'
import { runSearches } from './searches/run-searches.ts'
import { settled } from './settled.ts'

export interface HuntResult {
  /** In order; to be closed when they are not wanted any more. */
  readonly findings: FindingList
  readonly ledger: Ledger
  /** Rule id -> ms, the most costly first; empty unless profiling. */
  readonly costs: readonly (readonly [id: string, ms: number])[]
  /** Every object that findings of analytics are about. */
  readonly objects: () => Iterable<FoundObject>
  readonly interrupted: boolean
}

/** Files and rules in, findings and the ledger out. Throws only if the world fails, such as a full disk. */
export async function hunt(options: HuntOptions): Promise<HuntResult> {
  const plan = rulePlan(
    options.rules.rules.map(({ rule }) => rule),
    options.selection,
    // Each hit may be wanted by who watches, or hidden by an approval.
    options.watch.hit !== undefined || options.knowledge?.hideApproved === true,
  )
  const { detections: running, carry } = plan
  const { profile } = options
  const geo = options.knowledge?.geo
  const more = analyticPlan(
    options.analytics ?? [],
    options.selection,
    options.knowledge?.context !== undefined,
  )
  const searches = searchPlan(options.searches, options.selection)
  const bases = more.bases.map(([, base]) => base)
  const carries = plan.correlations.length + bases.length > 0
  const work = {
    rules: [...running, ...bases.map(({ rule }) => rule)],
    profile,
    gates: searches.gates,
    ...(geo === undefined ? {} : { geo: geo.files.map(({ file }) => file) }),
    rows: searches.rows,
    ...(carries ? { carry: [...carry, ...bases.map(base => base.carry)] } : {}),
    ...(plan.bare.includes(true) ? { bare: plan.bare } : {}),
    correlations: plan.correlations,
    ...(plan.hiding.length > 0 ? { hiding: plan.hiding } : {}),
  }
  return scanInputs(options, work, async scanned => {
    const { input, swept } = scanned
    const facts = new KnownFacts(options.knowledge ?? {}, options.rules)
    const {
      findings: found,
      hits,
      remarks,
      lost,
    } = await gather(scanned, plan, {
      ...options,
      facts,
      firstHiding: work.rules.length + 1,
    })
    const { findings, results } = analysed(found, scanned, { ...options, facts, plan: more, rules: running })
    const searched = await runSearches({
      plan: searches,
      hunt: options.searches,
      scanned,
      options,
      known: id => hit => facts.on(hit, id),
      hidden: (id, event) => facts.hidden.add(id, event),
    })
    const interrupted = Atomics.load(options.stop, 0) !== 0
    const context = facts.ledger()
    const ledger = ledgerOf({
      options,
      input,
      swept,
      running,
      correlations: plan.correlations,
      hits,
      suppressed: facts.hidden.counts,
      remarks,
      analytics: [...analyticEntries(more, swept, results), ...searched.entries],
      interrupted,
    })
    const { totals } = ledger
    return {
      findings: merged(findings, listOf(settled(searched.findings, more, results))),
      ledger: {
        ...ledger,
        totals: { ...totals, lost: totals.lost || searched.lost || lost },
        ...(context === undefined ? {} : { context }),
      },
      objects: () => objectsOf(results),
      costs: profile ? costsOf(swept, running) : [],
      interrupted,
    }
  })
}

function* objectsOf(results: ReadonlyMap<Analytic, AnalyticResult>): Generator<FoundObject> {
  for (const { objects } of results.values()) if (objects !== undefined) yield* objects()
}

interface Analysed {
  readonly findings: FindingList
  readonly results: ReadonlyMap<Analytic, AnalyticResult>
}

/** With the findings of analytics, and those that these know to be harmless lowered. */
function analysed(
  found: FindingList,
  { swept, folder }: Scanned,
  {
    knowledge,
    facts,
    plan,
    rules,
  }: Pick<HuntOptions, 'knowledge'> & {
    readonly facts: KnownFacts
    readonly plan: AnalyticPlan
    readonly rules: readonly DetectionRule[]
  },
): Analysed {
  const context = knowledge?.context?.context
  if (context === undefined || plan.running.length === 0) return { findings: found, results: new Map() }
  const techniques = new Set(plan.running.flatMap(({ clears }) => clears))
  const doubted = doubtedEvents(found, techniques)
  const results = runAnalytics({
    plan,
    swept,
    folder,
    hits: baseHits(swept, rules.length, plan.bases.length),
    world: {
      context,
      geo: knowledge?.geo ?? noGeo,
      doubted: event => doubted.has(event),
      approved: (entry, event) => facts.approved(entry, event),
      hideApproved: knowledge?.hideApproved === true,
    },
  })
  const cleared = new Map([...results.values()].flatMap(result => [...result.cleared]))
  const more = [...results.values()].flatMap(result => result.findings)
  return { findings: merged(lowered(found, techniques, cleared), listOf(more)), results }
}

/** Hits of the base rules of analytics, numbered from 0. */
function* baseHits(swept: Sweep, from: number, count: number): Generator<Hit> {
  for (const { hit } of distinctHits(swept, false))
    if (hit.rule >= from && hit.rule < from + count) yield { ...hit, rule: hit.rule - from }
}

function costsOf(swept: Sweep, rules: readonly DetectionRule[]): readonly (readonly [string, number])[] {
  const costs = rules.map((rule, number) => [rule.meta.id, swept.costs[number] ?? 0] as const)
  return costs.sort(([a, first], [b, second]) => second - first || (a < b ? -1 : 1))
}
