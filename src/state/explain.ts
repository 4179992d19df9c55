import { durationText } from '../core/duration.ts'
import { counted, firstFew } from '../core/quantity.ts'
import { isoTime } from '../core/time.ts'
import { aggregateText, boundsText } from '../plan/print-state.ts'
import type {
  AbsenceRule,
  ChainRule,
  CorrelationRule,
  FirstSeenRule,
  VolumeRule,
  WindowRule,
} from '../plan/state-rule.ts'
import type { Baseline, Detection, Facts } from './signal.ts'

type FactsOf<Kind extends Facts['kind']> = Extract<Facts, { readonly kind: Kind }>

/** Why a rule held, as lines of text: counts, window, threshold, values, links that were followed. `titleOf` names rules. */
export function explainDetection(
  rule: CorrelationRule,
  detection: Detection,
  titleOf: (id: string) => string,
): readonly string[] {
  const { facts } = detection
  switch (facts.kind) {
    case 'window':
      return rule.type in WINDOWS ? windowLines(rule as WindowRule, detection, facts, titleOf) : []
    case 'chain':
      return rule.type === 'chain' ? chainLines(rule, facts, titleOf) : []
    case 'first_seen':
      return rule.type === 'first_seen' ? firstSeenLines(rule, facts) : []
    case 'volume':
      return rule.type === 'volume' ? volumeLines(rule, detection, facts) : []
    case 'absence':
      return rule.type === 'absence' ? absenceLines(rule, facts, titleOf) : []
  }
}

const WINDOWS: Record<WindowRule['type'], true> = {
  event_count: true,
  value_count: true,
  value_sum: true,
  value_avg: true,
  value_percentile: true,
  value_median: true,
  temporal: true,
  temporal_ordered: true,
}

function windowLines(
  rule: WindowRule,
  { time, from, to }: Detection,
  { value, peak, peakTime, seen }: FactsOf<'window'>,
  titleOf: (id: string) => string,
): readonly string[] {
  const names = rule.type.startsWith('temporal') ? seen.map(titleOf) : seen
  const most = peak === value ? '' : `, ${amountText(rule, peak)} at ${isoTime(peakTime)}`
  const length = to - from
  const what = rule.type.startsWith('temporal') ? 'matched' : 'values'
  return [
    `${amountText(rule, value)} within ${durationText(rule.timespan)} (${boundsText(rule.condition)}) at ${isoTime(time)}${most}`,
    ...(length > 0 ? [`in ${durationText(length)}, from ${isoTime(from)} to ${isoTime(to)}`] : []),
    ...(names.length > 0 ? [`${what}: ${firstFew(names, 10)}`] : []),
  ]
}

function chainLines(
  rule: ChainRule,
  { steps, missing }: FactsOf<'chain'>,
  titleOf: (id: string) => string,
): readonly string[] {
  const name = (step: number): string => `"${rule.steps[step]?.name ?? ''}"`
  const first = steps[0]?.time ?? 0
  const last = steps.at(-1)?.time ?? 0
  const taken = `${steps.map(({ step }) => name(step)).join(', then ')} in ${durationText(last - first)}`
  const head =
    missing === undefined ? taken : `${taken}; ${name(missing.step)} is missing: ${MISSING[missing.why]}`
  const lines = steps.map((fact, place) => {
    const before = steps[place - 1]
    const after = before === undefined ? '' : ` (${durationText(fact.time - before.time)} later)`
    const links = fact.links.map(
      ({ field, step, toField, value, unlike }) =>
        `${field} = ${value} ${unlike === undefined ? '=' : `and not ${unlike} =`} ${toField} of ${name(step)}`,
    )
    return `${isoTime(fact.time)}${after} ${name(fact.step)}: ${titleOf(fact.rule)}${links.length === 0 ? '' : `, ${links.join(' and ')}`}`
  })
  const absent = rule.steps.filter(({ need }) => need === 'absent' && missing === undefined)
  return [head, ...lines, ...absent.map(step => `no "${step.name}" within ${durationText(step.within)}`)]
}

const MISSING = {
  'not-observed': 'it was not observed in its time',
  'not-observable': 'not observable, for no event of the logs that would show it was read',
  'logs-end': 'the logs end before its time was over',
} as const

function firstSeenLines(
  { field, learning, forget }: FirstSeenRule,
  { values, known, events, since, last }: FactsOf<'first_seen'>,
): readonly string[] {
  const what = field.map((name, place) => `${name} ${values[place] ?? ''}`).join(' with ')
  return [
    `${what}: first seen, not in the ${durationText(forget)} before`,
    `baseline: ${counted(known, 'different value')} in ${counted(events, 'event')} from ${isoTime(since)} to ${isoTime(last)}, learning ${durationText(learning)}`,
  ]
}

function volumeLines(
  rule: VolumeRule,
  { from }: Detection,
  { value, own, peers }: FactsOf<'volume'>,
): readonly string[] {
  const what = rule.field === undefined ? 'events' : `sum of ${rule.field}`
  return [
    `${what} ${numberText(value)} in the ${durationText(rule.timespan)} from ${isoTime(from)}`,
    ...(own === undefined ? [] : [`own past: ${baselineText(own)}`]),
    ...(peers === undefined ? [] : [`past of peers: ${baselineText(peers)}`]),
  ]
}

/** A past in words. */
export function baselineText({ spans, median, spread, p99, score, last }: Baseline): string {
  const seen = last === undefined ? '' : `, last seen in the span from ${isoTime(last)}`
  return `n ${spans}, median ${numberText(median)}, spread ${numberText(spread)}, p99 ${numberText(p99)}${seen}: ${numberText(score)} spreads above`
}

function absenceLines(
  { timespan, grace }: AbsenceRule,
  { last, events, neighbours, neighbourTime, disabled }: FactsOf<'absence'>,
  titleOf: (id: string) => string,
): readonly string[] {
  return [
    `silent since ${isoTime(last)}, for longer than ${durationText(timespan + grace)}, after ${counted(events, 'event')}`,
    `meanwhile ${counted(neighbours, 'event')} of neighbours, the last at ${isoTime(neighbourTime)}`,
    ...(disabled === undefined ? [] : [`${titleOf(disabled.rule)} at ${isoTime(disabled.time)}`]),
  ]
}

/** What a window comes to, in words: `3 events`. */
export function amountText(rule: WindowRule, value: number): string {
  switch (rule.type) {
    case 'event_count':
      return counted(value, 'event')
    case 'value_count':
      return `${value} ${aggregateText(rule)}`
    case 'temporal':
      return `${counted(value, 'rule')} matched`
    case 'temporal_ordered':
      return `${counted(value, 'rule')} matched in order`
    default:
      return `${aggregateText(rule)} ${numberText(value)}`
  }
}

/** At most three digits after the point. */
export function numberText(value: number): string {
  return String(Math.round(value * 1000) / 1000)
}
