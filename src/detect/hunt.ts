import type { Analytic, AnalyticResult, FoundObject } from '../analytics/analytic.ts'
import { noGeo } from '../context/geo.ts'
import type { Hit } from '../core/hit.ts'
import type { Sweep } from '../engines/files/sweep.ts'
import { type FindingList, listOf, merged } from '../findings/finding-list.ts'
import type { Ledger } from '../findings/ledger.ts'
import type { DetectionRule } from '../plan/rule.ts'
import { analyticEntries } from './analytic-ledger.ts'
import { distinctHits } from './distinct.ts'
import { gather } from './gather.ts'
import { type HuntPlan, huntPlan } from './hunt-plan.ts'
import { KnownFacts } from './knowledge.ts'
import { ledgerOf } from './ledger.ts'
import { doubtedEvents, lowered } from './lowered.ts'
import type { HuntOptions } from './options.ts'
import { runAnalytics } from './run-analytics.ts'
import { type Scanned, scanInputs } from './scan-inputs.ts'
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
export function hunt(options: HuntOptions): Promise<HuntResult> {
  const plan = huntPlan(options)
  return scanInputs(options, plan.work, scanned => found(scanned, plan, options))
}

/** What a scan comes to: hits to findings, to what analytics make of them, and to the rows of searches. */
async function found(scanned: Scanned, plan: HuntPlan, options: HuntOptions): Promise<HuntResult> {
  const { swept, input } = scanned
  const { detections: running, correlations } = plan.rules
  const facts = new KnownFacts(options.knowledge ?? {}, options.rules)
  const gathered = await gather(scanned, plan.rules, { ...options, facts, firstHiding: plan.firstHiding })
  const { findings, results } = analysed(gathered.findings, scanned, { ...options, facts, plan })
  const searched = await runSearches({
    plan: plan.searches,
    hunt: options.searches,
    scanned,
    options,
    known: id => hit => facts.on(hit, id),
    hidden: (id, event) => facts.hidden.add(id, event),
  })
  const interrupted = Atomics.load(options.stop, 0) !== 0
  const context = facts.ledger()
  const ledger = ledgerOf({
    ...{ options, input, swept, running, correlations, interrupted },
    hits: gathered.hits,
    remarks: gathered.remarks,
    suppressed: facts.hidden.counts,
    analytics: [...analyticEntries(plan.analytics, swept, results), ...searched.entries],
  })
  const lost = ledger.totals.lost || searched.lost || gathered.lost
  return {
    findings: merged(findings, listOf(settled(searched.findings, plan.analytics, results))),
    ledger: { ...ledger, totals: { ...ledger.totals, lost }, ...(context === undefined ? {} : { context }) },
    objects: () => objectsOf(results),
    costs: options.profile ? costsOf(swept, running) : [],
    interrupted,
  }
}

function* objectsOf(results: ReadonlyMap<Analytic, AnalyticResult>): Generator<FoundObject> {
  for (const { objects } of results.values()) if (objects !== undefined) yield* objects()
}

interface AnalysedWith extends Pick<HuntOptions, 'knowledge'> {
  readonly facts: KnownFacts
  readonly plan: HuntPlan
}

interface Analysed {
  readonly findings: FindingList
  readonly results: ReadonlyMap<Analytic, AnalyticResult>
}

/** With the findings of analytics, and those that these know to be harmless lowered. */
function analysed(
  before: FindingList,
  { swept, folder }: Scanned,
  { knowledge, facts, plan }: AnalysedWith,
): Analysed {
  const { analytics, rules } = plan
  const context = knowledge?.context?.context
  if (context === undefined || analytics.running.length === 0) return { findings: before, results: new Map() }
  const techniques = new Set(analytics.running.flatMap(({ clears }) => clears))
  const doubted = doubtedEvents(before, techniques)
  const results = runAnalytics({
    plan: analytics,
    swept,
    folder,
    hits: baseHits(swept, rules.detections.length, analytics.bases.length),
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
  return { findings: merged(lowered(before, techniques, cleared), listOf(more)), results }
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
