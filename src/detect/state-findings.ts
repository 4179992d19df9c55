import type { Hit } from '../core/hit.ts'
import { counted } from '../core/quantity.ts'
import { Parts } from '../engines/files/parts.ts'
import type { Remembered } from '../engines/files/remember.ts'
import type { BareSignals } from '../engines/files/state-threads.ts'
import type { Sweep } from '../engines/files/sweep.ts'
import { type FindingList, listOf } from '../findings/finding-list.ts'
import type { DetectionRule, Rule } from '../plan/rule.ts'
import type { CorrelationRule } from '../plan/state-rule.ts'
import type { Detection } from '../state/signal.ts'
import { distinctHits } from './distinct.ts'
import { KnownFacts } from './knowledge.ts'
import { isObservable } from './observable.ts'
import type { HuntOptions } from './options.ts'
import type { RulePlan } from './rule-plan.ts'
import type { Scanned } from './scan-inputs.ts'
import { idsOf, StateGroups } from './state-groups.ts'
import type { WholeSignals } from './whole-signals.ts'

/** Findings of rules that remember, and how many events each rule had a use for. */
export interface StateFindings {
  readonly findings: FindingList
  readonly hits: ReadonlyMap<string, number>
  /** Id of a rule -> what is to be said of how it ran: what had to be forgotten or left out. */
  readonly remarks: ReadonlyMap<string, readonly string[]>
  /** Some events are missing in the findings, for their files changed. */
  readonly lost: boolean
}

/** Runs the rules that remember over the hits of their base rules, and makes findings of the events that made them hold. */
export async function stateFindings(
  { swept }: Scanned,
  plan: RulePlan,
  options: HuntOptions & { readonly facts: KnownFacts; readonly signals: WholeSignals },
): Promise<StateFindings> {
  const { detections: bases, correlations } = plan
  const { states } = swept
  if (states === undefined) return { findings: listOf([]), hits: new Map(), remarks: new Map(), lost: false }
  const rules = new Map<string, Rule>([...bases, ...correlations].map(rule => [rule.meta.id, rule]))
  const bare = await states.bare(options.keepDuplicates)
  const shares = await states.remember(
    {
      rules: correlations,
      names: { ids: bases.map(({ meta }) => meta.id), carry: plan.carry },
      signals: [...bare.signals, options.signals.finish()],
      observable: new Set([...rules.keys()].filter(id => anyObservable(id, rules, swept))),
      end: lastTime(swept),
    },
    weightBy(bare, bases),
  )
  const parts = new Parts<Detection>()
  for (const share of shares) parts.add(share.parts, share.detections)
  const detections = shares.flatMap(share => share.detections)
  const groups = new StateGroups(plan, detections, rules, options.watch)
  await giveParts(swept, plan, { ...options, parts, groups })
  const hits = new Map([...bare.hits].map(([rule, count]) => [bases[rule]?.meta.id ?? '', count]))
  for (const [id, count] of groups.hits) hits.set(id, count)
  const gone = goneOf(parts, groups.hits)
  const timeless = new Map(
    [...bare.timeless, ...options.signals.timeless].map(([rule, count]) => [
      bases[rule]?.meta.id ?? '',
      count,
    ]),
  )
  const remarks = correlations.map(rule => {
    const lost = {
      ...forgotten(rule.meta.id, shares),
      gone: gone.get(rule.meta.id) ?? 0,
      timeless: rule.rules.reduce((sum, id) => sum + (timeless.get(id) ?? 0), 0),
    }
    return [rule.meta.id, remarksOn(rule, lost)] as const
  })
  return { findings: groups.finish(), hits, remarks: new Map(remarks), lost: gone.size > 0 }
}

/** A rule costs as much as its base rules have hits. */
function weightBy({ hits }: BareSignals, bases: readonly DetectionRule[]): (rule: CorrelationRule) => number {
  const byId = new Map([...hits].map(([rule, count]) => [bases[rule]?.meta.id, count]))
  return rule => rule.rules.reduce((sum, id) => sum + (byId.get(id) ?? 0), 0)
}

/** Gives the hits that are parts of detections to the groups: whole ones from the spool, bare ones from their files. */
async function giveParts(
  swept: Sweep,
  { detections: bases }: RulePlan,
  { knowledge = {}, rules, keepDuplicates, facts, parts, groups }: Giving,
): Promise<void> {
  // What approvals mark of whole hits was counted in the first pass.
  const again = new KnownFacts(knowledge, rules)
  const idOf = (hit: Hit): string => bases[hit.rule]?.meta.id ?? ''
  const isBare = (rule: number): boolean => swept.states?.isBare(rule) === true
  if (!bases.every((_, rule) => isBare(rule)))
    for (const { hit, file, record } of distinctHits(swept, keepDuplicates)) {
      const of = parts.of({ file, record, rule: hit.rule })
      const known = of.length === 0 ? undefined : again.on(hit, idOf(hit))
      if (known !== undefined) groups.add(known, of)
    }
  const places = parts.places(isBare)
  // Where approvals hide hits, none is bare.
  await swept.states?.again(places, ({ hit, file, record }) =>
    groups.add(facts.on(hit, idOf(hit)) ?? hit, parts.of({ file, record, rule: hit.rule })),
  )
}

interface Giving extends HuntOptions {
  readonly facts: KnownFacts
  readonly parts: Parts<Detection>
  readonly groups: StateGroups
}

/** Rule id -> events that are parts of its detections and were not there any more. */
function goneOf(parts: Parts<Detection>, given: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const wanted = new Map<string, number>()
  for (const sets of parts.all())
    for (const id of sets.flatMap(idsOf)) wanted.set(id, (wanted.get(id) ?? 0) + 1)
  const gone = [...wanted].map(([id, count]) => [id, count - (given.get(id) ?? 0)] as const)
  return new Map(gone.filter(([, count]) => count > 0))
}

function forgotten(
  id: string,
  shares: readonly Remembered[],
): { readonly evicted: number; readonly dropped: number } {
  const sum = (counts: readonly ReadonlyMap<string, number>[]): number =>
    counts.reduce((total, one) => total + (one.get(id) ?? 0), 0)
  return {
    evicted: sum(shares.map(({ evicted }) => evicted)),
    dropped: sum(shares.map(({ dropped }) => dropped)),
  }
}

/** What was lost of a rule's signals and groups, a line a kind. */
function remarksOn(
  { origin }: CorrelationRule,
  lost: {
    readonly evicted: number
    readonly dropped: number
    readonly timeless: number
    readonly gone: number
  },
): readonly string[] {
  const line = (code: string, count: number, noun: string, what: string): readonly string[] =>
    count === 0 ? [] : [`warning[${code}] ${origin.file}: ${counted(count, noun)} ${what}`]
  return [
    ...line('state/forgotten', lost.evicted, 'group', 'forgotten for want of room'),
    ...line('state/dropped', lost.dropped, 'detection', 'left out, for there were too many'),
    ...line('state/changed', lost.gone, 'event', 'left out, for their files changed while they were read'),
    ...line('state/no-time', lost.timeless, 'event', 'left out, for nobody knows when they were'),
  ]
}

function lastTime(swept: Sweep): number {
  return swept.files.reduce((time, { last }) => Math.max(time, last?.time ?? time), Number.NEGATIVE_INFINITY)
}

/** Was there any log that shows events of the rule, or of one that it is over? */
function anyObservable(id: string, rules: ReadonlyMap<string, Rule>, swept: Sweep): boolean {
  const rule = rules.get(id)
  if (rule === undefined) return false
  if (rule.kind === 'correlation') return rule.rules.some(base => anyObservable(base, rules, swept))
  return isObservable(rule.logsource, swept)
}
