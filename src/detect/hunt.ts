import type { Analytic, AnalyticResult, FoundObject } from '../analytics/analytic.ts'
import { noGeo } from '../context/geo.ts'
import type { Hit } from '../core/hit.ts'
import type { PackedBare } from '../engines/files/bare-codec.ts'
import { BareHits } from '../engines/files/bare-hits.ts'
import { type NumberedHit, SortedSignals } from '../engines/files/sorted-signals.ts'
import type { Sweep, SweptHit } from '../engines/files/sweep.ts'
import type { Finding } from '../findings/finding.ts'
import { FindingGroups } from '../findings/group.ts'
import type { Ledger } from '../findings/ledger.ts'
import { inOrder } from '../findings/order.ts'
import type { DetectionRule } from '../plan/rule.ts'
import { analyticEntries } from './analytic-ledger.ts'
import { type AnalyticPlan, analyticPlan } from './analytic-plan.ts'
import { BareSignals } from './bare-signals.ts'
import { distinct } from './distinct.ts'
import { KnownFacts } from './knowledge.ts'
import { ledgerOf } from './ledger.ts'
import { doubtedEvents, lowered } from './lowered.ts'
import type { HuntOptions } from './options.ts'
import type { HitsAgain } from './remember.ts'
import { factsOf } from './rule-facts.ts'
import { type RulePlan, rulePlan } from './rule-plan.ts'
import { runAnalytics } from './run-analytics.ts'
import { type Scanned, scanInputs } from './scan-inputs.ts'
import { searchPlan } from './searches/plan.ts'
import { runSearches } from './searches/run-searches.ts'
import { stateFindings } from './state-findings.ts'

export interface HuntResult {
  readonly findings: readonly Finding[]
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
    // Each hit may be wanted by who watches, or by an approval.
    options.watch.hit !== undefined || options.knowledge?.context !== undefined,
  )
  const { detections: running, carry } = plan
  const { profile } = options
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
    ...(carries ? { carry: [...carry, ...bases.map(base => base.carry)] } : {}),
    ...(plan.bare.includes(true) ? { bare: plan.bare } : {}),
  }
  return scanInputs(options, work, async scanned => {
    const { input, swept } = scanned
    const facts = new KnownFacts(options.knowledge ?? {}, options.rules)
    const { findings: found, hits, remarks } = gather(scanned, plan, { ...options, facts })
    const { findings, results } = analysed(found, scanned, { ...options, facts, plan: more, rules: running })
    const searched = await runSearches({
      plan: searches,
      hunt: options.searches,
      scanned,
      options,
      known: id => hit => facts.on(hit, id),
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
      remarks,
      analytics: [...analyticEntries(more, swept, results), ...searched.entries],
      interrupted,
    })
    const { totals } = ledger
    return {
      findings: inOrder([...findings, ...searched.findings]),
      ledger: {
        ...ledger,
        totals: { ...totals, lost: totals.lost || searched.lost },
        ...(context === undefined ? {} : { context }),
      },
      objects: () => objectsOf(results),
      costs: profile ? costsOf(swept, running) : [],
      interrupted,
    }
  })
}

interface Gathered {
  readonly findings: readonly Finding[]
  /** Distinct events by id of the rule. */
  readonly hits: ReadonlyMap<string, number>
  /** Id of a rule -> what is to be said of how it ran. */
  readonly remarks: ReadonlyMap<string, readonly string[]>
}

function gather(
  { swept, folder }: Scanned,
  plan: RulePlan,
  options: HuntOptions & { readonly facts: KnownFacts },
): Gathered {
  const { detections: rules, bases, hidden } = plan
  const hits = new Map<string, number>()
  const signals = new SortedSignals(folder)
  const groups = new FindingGroups(rules.map(factsOf))
  const made = new BareHits({ rules, carry: plan.carry }, folder)
  let first = 0
  try {
    for (const numbered of distinctHits(swept, options.keepDuplicates)) {
      const { hit, place } = numbered
      first = place + 1
      const id = rules[hit.rule]?.meta.id
      // A hit of a base rule of an analytic.
      if (id === undefined) continue
      hits.set(id, (hits.get(id) ?? 0) + 1)
      options.watch.hit?.(id, hit)
      if (hidden.has(id) && !bases.has(id)) continue
      const known = options.facts.on(hit, id)
      if (known === undefined) continue
      if (!hidden.has(id)) groups.add(known)
      if (bases.has(id)) signals.add({ ...numbered, hit: known })
    }
    const found = groups.finish()
    if (plan.correlations.length === 0) return { findings: found, hits, remarks: new Map() }
    const bare = bareSignals(swept, plan, { keepDuplicates: options.keepDuplicates, first })
    bare?.sortInto(signals)
    for (const [id, count] of bare?.hits ?? []) hits.set(id, count)
    const again = (): HitsAgain => {
      const whole = knownBases(swept, plan, options)
      if (bare === undefined) return { whole }
      const facts = new KnownFacts(options.knowledge ?? {}, options.rules)
      const known = (hit: PackedBare): Hit => knownHit(made.whole(hit), rules, facts)
      return { whole, bare: { signals: bare, whole: known } }
    }
    const remembered = stateFindings(swept, plan, { signals, again })
    for (const [id, count] of remembered.hits) hits.set(id, count)
    const { remarks } = remembered
    return { findings: inOrder([...found, ...remembered.findings]), hits, remarks }
  } finally {
    signals.close()
    made.close()
  }
}

function bareSignals(...args: ConstructorParameters<typeof BareSignals>): BareSignals | undefined {
  const [, { bare }] = args
  return bare.includes(true) ? new BareSignals(...args) : undefined
}

/** Without context no approval hides a hit. */
function knownHit(hit: Hit, rules: readonly DetectionRule[], facts: KnownFacts): Hit {
  return facts.on(hit, rules[hit.rule]?.meta.id ?? '') ?? hit
}

/** The hits of base rules once more, with the numbers that they had. */
function* knownBases(
  swept: Sweep,
  { detections: rules, bases }: RulePlan,
  { knowledge = {}, rules: loaded, keepDuplicates }: HuntOptions,
): Generator<NumberedHit> {
  // What became of the tables was counted in the first pass.
  const facts = new KnownFacts(knowledge, loaded)
  for (const numbered of distinctHits(swept, keepDuplicates)) {
    const { hit } = numbered
    const id = rules[hit.rule]?.meta.id ?? ''
    const known = bases.has(id) ? facts.on(hit, id) : undefined
    if (known !== undefined) yield { ...numbered, hit: known }
  }
}

function* objectsOf(results: ReadonlyMap<Analytic, AnalyticResult>): Generator<FoundObject> {
  for (const { objects } of results.values()) if (objects !== undefined) yield* objects()
}

interface Analysed {
  readonly findings: readonly Finding[]
  readonly results: ReadonlyMap<Analytic, AnalyticResult>
}

/** With the findings of analytics, and those that these know to be harmless lowered. */
function analysed(
  found: readonly Finding[],
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
    hits: baseHits(swept, rules.length),
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
  return { findings: inOrder([...lowered(found, techniques, cleared), ...more]), results }
}

/** Hits of the base rules of analytics, numbered from 0. */
function* baseHits(swept: Sweep, from: number): Generator<Hit> {
  for (const { hit } of distinctHits(swept, false))
    if (hit.rule >= from) yield { ...hit, rule: hit.rule - from }
}

/** Each event once for each rule that it matches, numbered. */
function* distinctHits(swept: Sweep, keepDuplicates: boolean): Generator<NumberedHit> {
  let place = 0
  const nameOf = ({ hit, id }: SweptHit): { rule: number; id: string } => ({ rule: hit.rule, id })
  for (const { hit, time, id } of distinct(swept.hits(), keepDuplicates, nameOf))
    yield { hit, place: place++, time, id }
}

function costsOf(swept: Sweep, rules: readonly DetectionRule[]): readonly (readonly [string, number])[] {
  const costs = rules.map((rule, number) => [rule.meta.id, swept.costs[number] ?? 0] as const)
  return costs.sort(([a, first], [b, second]) => second - first || (a < b ? -1 : 1))
}
