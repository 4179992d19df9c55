import { counted } from '../core/quantity.ts'
import type { SortedSignals } from '../engines/files/sorted-signals.ts'
import type { Sweep } from '../engines/files/sweep.ts'
import type { Finding } from '../findings/finding.ts'
import { FindingGroups } from '../findings/group.ts'
import type { Rule } from '../plan/rule.ts'
import type { CorrelationRule } from '../plan/state-rule.ts'
import { sourcesFor } from '../sources/sources.ts'
import type { Detection, Variant } from '../state/signal.ts'
import { evidenceOf, type HitsAgain, type Remembering, remember } from './remember.ts'
import { entityText, stateFacts } from './rule-facts.ts'
import type { RulePlan } from './rule-plan.ts'

/** Findings of rules that remember, and how many events each had a use for. */
export interface StateFindings {
  readonly findings: readonly Finding[]
  readonly hits: ReadonlyMap<string, number>
  /** Id of a rule -> what is to be said of how it ran: what had to be forgotten or left out. */
  readonly remarks: ReadonlyMap<string, readonly string[]>
}

const VARIANTS: readonly Variant[] = ['complete', 'incomplete', 'raised']

/** Hits of base rules: in order of time, and once more, in any order. */
export interface BaseHits {
  readonly signals: SortedSignals
  readonly again: () => HitsAgain
}

/** Runs the rules that remember over the signals, and makes findings of the events that made them hold. */
export function stateFindings(swept: Sweep, plan: RulePlan, { signals, again }: BaseHits): StateFindings {
  const { detections: bases, correlations, hidden } = plan
  const rules = new Map<string, Rule>([...bases, ...correlations].map(rule => [rule.meta.id, rule]))
  const work: Remembering = {
    rules: correlations,
    idOf: rule => bases[rule]?.meta.id ?? '',
    observable: id => isObservable(id, rules, swept),
    end: lastTime(swept),
  }
  const { detections, evicted, dropped } = remember(work, signals.read())
  const kinds = correlations.flatMap(rule => VARIANTS.map(variant => ({ rule, variant })))
  const places = new Map(kinds.map(({ rule, variant }, place) => [`${variant} ${rule.meta.id}`, place]))
  const groups = new FindingGroups(
    kinds.map(({ rule, variant }) => stateFacts(rule, variant, ofKind(detections, rule, variant), rules)),
  )
  const hits = new Map<string, number>()
  for (const { hit, detections: parts } of evidenceOf(work, detections, again())) {
    for (const id of new Set(parts.map(({ rule }) => rule))) hits.set(id, (hits.get(id) ?? 0) + 1)
    for (const detection of oncePerFinding(parts)) {
      const rule = places.get(`${detection.variant} ${detection.rule}`)
      if (rule === undefined || hidden.has(detection.rule)) continue
      groups.add({ ...hit, rule, entity: entityText(detection) })
    }
  }
  const timeless = new Map([...signals.withoutTime].map(([rule, count]) => [work.idOf(rule), count]))
  const remarks = correlations.map(rule => {
    const lost = {
      evicted: evicted.get(rule.meta.id) ?? 0,
      dropped: dropped.get(rule.meta.id) ?? 0,
      timeless: rule.rules.reduce((sum, id) => sum + (timeless.get(id) ?? 0), 0),
    }
    return [rule.meta.id, remarksOn(rule, lost)] as const
  })
  return { findings: groups.finish(), hits, remarks: new Map(remarks) }
}

/** What was lost of a rule's signals and groups, a line a kind. */
function remarksOn(
  { origin }: CorrelationRule,
  lost: { readonly evicted: number; readonly dropped: number; readonly timeless: number },
): readonly string[] {
  const line = (code: string, count: number, noun: string, what: string): readonly string[] =>
    count === 0 ? [] : [`warning[${code}] ${origin.file}: ${counted(count, noun)} ${what}`]
  return [
    ...line('state/forgotten', lost.evicted, 'group', 'forgotten for want of room'),
    ...line('state/dropped', lost.dropped, 'detection', 'left out, for there were too many'),
    ...line('state/no-time', lost.timeless, 'event', 'left out, for nobody knows when they were'),
  ]
}

function ofKind(
  detections: readonly Detection[],
  { meta }: CorrelationRule,
  wanted: Variant,
): readonly Detection[] {
  return detections.filter(({ rule, variant }) => rule === meta.id && variant === wanted)
}

/** An event may be part of several detections of one rule and group: it counts once. */
function oncePerFinding(detections: readonly Detection[]): readonly Detection[] {
  const once = new Map(
    detections.map(detection => [
      `${detection.variant} ${detection.rule} ${detection.group.join('\0')}`,
      detection,
    ]),
  )
  return [...once.values()]
}

function lastTime(swept: Sweep): number {
  return swept.files.reduce((time, { last }) => Math.max(time, last?.time ?? time), Number.NEGATIVE_INFINITY)
}

/** Was there any log that shows events of the rule, or of one that it is over? */
function isObservable(id: string, rules: ReadonlyMap<string, Rule>, swept: Sweep): boolean {
  const rule = rules.get(id)
  if (rule === undefined) return false
  if (rule.kind === 'correlation') return rule.rules.some(base => isObservable(base, rules, swept))
  return sourcesFor(rule.logsource).some(source => swept.sources.has(source.id))
}
