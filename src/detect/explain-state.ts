import type { JsonObject } from '../core/json.ts'
import type { DetectionRule, Rule } from '../plan/rule.ts'
import type { CorrelationRule } from '../plan/state-rule.ts'
import { below } from '../rules/below.ts'
import { textsOf, timeOf } from '../rules/event-facts.ts'
import { compile } from '../scan/compile.ts'
import type { Source } from '../sources/source.ts'
import { type Attempt, detectionsOf } from '../state/attempts/attempt.ts'
import { attemptsOf } from '../state/attempts/attempts.ts'
import { fieldsNeeded } from '../state/needs.ts'
import type { Signal } from '../state/signal.ts'
import { belowFirst, signalOf } from '../state/state-run.ts'

/** An event with the log that it is of, if that is known. */
export interface ExplainedEvent {
  /** Of its record. */
  readonly number: number
  readonly event: JsonObject
  readonly source?: Source
}

/** What a rule that remembers comes to over some events. */
export interface StateExplanation {
  /** Each rule that it is over, with what it let through. */
  readonly bases: readonly BaseMatches[]
  /** Records of matching events that have no time and so are not taken. */
  readonly timeless: readonly number[]
  readonly attempts: readonly Attempt[]
}

export interface BaseMatches {
  readonly rule: Rule
  /** Of a detection the records that it matches; of a correlation the number of its detections. */
  readonly records: readonly number[]
  readonly detections: number
}

/** Runs a rule that remembers, with all that it is over, on a few events, and says what became of each group. */
export function explainState(
  rule: CorrelationRule,
  rules: readonly Rule[],
  events: readonly ExplainedEvent[],
): StateExplanation {
  const byId = new Map(rules.map(one => [one.meta.id, one]))
  const over = below(rule, byId)
  const detections = over.filter((one): one is DetectionRule => one.kind === 'detection')
  const correlations = belowFirst(over.filter(one => one.kind === 'correlation'))
  const fields = fieldsNeeded(correlations)
  const distinct = withoutCopies(events)
  const hits = detections.map(base => ({ base, found: distinct.filter(matching(base)) }))
  const signals = hits.flatMap(({ base, found }) =>
    found.flatMap(event => signal(base, event, fields.get(base.meta.id) ?? []) ?? []),
  )
  const around = { end: endOf(events), observable: observableIn(byId, events), titleOf: titles(byId) }
  const counts = new Map<string, number>()
  for (const lower of correlations) {
    if (lower === rule) continue
    const told = detectionsOf({ ...around, signals: ofRules(signals, lower) }, lower)
    counts.set(lower.meta.id, told.length)
    signals.push(...told.map(detection => signalOf(lower, detection)))
  }
  return {
    bases: over
      .filter(one => one !== rule)
      .map(base => ({
        rule: base,
        records: hits.find(hit => hit.base === base)?.found.map(({ number }) => number) ?? [],
        detections: counts.get(base.meta.id) ?? 0,
      })),
    timeless: hits.flatMap(({ found }) =>
      found.filter(({ event, source }) => timeOf(event, source) === undefined).map(({ number }) => number),
    ),
    attempts: attemptsOf({ ...around, rule, signals: ofRules(signals, rule) }),
  }
}

/** An event that comes twice counts once. */
function withoutCopies(events: readonly ExplainedEvent[]): readonly ExplainedEvent[] {
  const seen = new Set<string>()
  return events.filter(({ event, source }) => {
    const id = source?.eventId(event)
    if (id === undefined) return true
    const isNew = !seen.has(`${source?.id} ${id}`)
    seen.add(`${source?.id} ${id}`)
    return isNew
  })
}

function ofRules(signals: readonly Signal[], { rules }: CorrelationRule): readonly Signal[] {
  return signals.filter(one => rules.includes(one.rule))
}

/** An event of an unknown log is taken at its word. */
function matching({ where, logsource }: DetectionRule): (event: ExplainedEvent) => boolean {
  const test = compile(where)
  return ({ event, source }) => {
    if (source === undefined) return test(event)
    if (!source.answers(logsource)) return false
    const about = source.about?.(logsource)
    return (about === undefined || compile(about)(event)) && test(event)
  }
}

function signal(
  { meta }: DetectionRule,
  explained: ExplainedEvent,
  fields: readonly string[],
): Signal | undefined {
  const { event, number, source } = explained
  const time = timeOf(event, source)
  if (time === undefined) return undefined
  const values = fields.map(name => [name, textsOf(event, name)] as const)
  const id = source?.eventId(event) ?? String(number)
  return { rule: meta.id, time, id, evidence: number, values: Object.fromEntries(values) }
}

function endOf(events: readonly ExplainedEvent[]): number {
  return events.reduce((end, { event, source }) => Math.max(end, timeOf(event, source) ?? 0), 0)
}

/** Is there an event of a log that the rule is about? */
function observableIn(
  byId: ReadonlyMap<string, Rule>,
  events: readonly ExplainedEvent[],
): (id: string) => boolean {
  const sources = new Set(events.flatMap(({ source }) => source ?? []))
  const observable = (id: string): boolean => {
    const rule = byId.get(id)
    if (rule === undefined) return false
    if (rule.kind === 'correlation') return rule.rules.some(observable)
    return sources.size === 0 || [...sources].some(source => source.answers(rule.logsource))
  }
  return observable
}

function titles(byId: ReadonlyMap<string, Rule>): (id: string) => string {
  return id => byId.get(id)?.meta.title ?? id
}
