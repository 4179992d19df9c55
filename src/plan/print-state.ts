import { durationText } from '../core/duration.ts'
import { never } from '../core/never.ts'
import type {
  AbsenceRule,
  Bound,
  ChainRule,
  ChainStep,
  CorrelationRule,
  FirstSeenRule,
  StepField,
  VolumeRule,
  WindowRule,
} from './state-rule.ts'

/** A rule that remembers, as lines of text for people and for pages. Rules that can differ in meaning print differently. */
export function printState(rule: CorrelationRule): string {
  return [...kindLines(rule), ...aliasLines(rule)].join('\n')
}

function kindLines(rule: CorrelationRule): readonly string[] {
  switch (rule.type) {
    case 'chain':
      return chainLines(rule)
    case 'first_seen':
      return firstSeenLines(rule)
    case 'volume':
      return volumeLines(rule)
    case 'absence':
      return absenceLines(rule)
    default:
      return windowLines(rule)
  }
}

/** `>= 3 and < 10` */
export function boundsText(bounds: readonly Bound[]): string {
  return bounds.map(({ order, value }) => `${ORDERS[order]} ${value}`).join(' and ')
}

const ORDERS: Record<Bound['order'], string> = { gt: '>', gte: '>=', lt: '<', lte: '<=', eq: '=', neq: '!=' }

/** What a window comes to, in words: `distinct eventName`. */
export function aggregateText({ type, field, percentile }: WindowRule): string {
  const of = field.join(', ')
  switch (type) {
    case 'event_count':
      return 'events'
    case 'value_count':
      return `distinct ${of}`
    case 'value_sum':
      return `sum of ${of}`
    case 'value_avg':
      return `average of ${of}`
    case 'value_median':
      return `median of ${of}`
    case 'value_percentile':
      return `percentile ${percentile ?? 0} of ${of}`
    case 'temporal':
      return 'rules that matched'
    case 'temporal_ordered':
      return 'rules that matched in their order'
    default:
      return never(type)
  }
}

function windowLines(rule: WindowRule): readonly string[] {
  const head = `${rule.type}: ${aggregateText(rule)} ${boundsText(rule.condition)} within ${durationText(rule.timespan)}`
  return [head, ...over(rule.rules), by(rule.groupBy)]
}

function chainLines({ steps, incomplete, entity }: ChainRule): readonly string[] {
  const name = (field: StepField): string => `${steps[field.step]?.name ?? ''}.${field.field}`
  const told =
    incomplete === undefined
      ? 'incomplete chains are not told of'
      : `incomplete after "${steps[incomplete.from]?.name ?? ''}": ${incomplete.level}`
  return [
    'chain',
    ...steps.flatMap((step, number) => stepLines(step, number, name)).map(line => `  ${line}`),
    by(entity.map(name)),
    told,
  ]
}

function stepLines(step: ChainStep, number: number, name: (field: StepField) => string): readonly string[] {
  const gap = number === 0 ? '' : ` within ${durationText(step.within)}`
  const need = step.need === 'required' ? '' : ` (${step.need})`
  const ways = step.links.map(way => way.map(({ field, to }) => `${field} = ${name(to)}`).join(' and '))
  const differs = (step.differs ?? []).map(({ field, to }, place) => {
    const word = ways.length + place === 0 ? 'where' : 'and'
    return `   ${word} ${field} differs from ${name(to)}`
  })
  return [
    `${number + 1}. ${step.name}${need}${gap}: ${step.rules.join(', ')}`,
    ...ways.map((way, place) => `   ${place === 0 ? 'where' : 'or'} ${way}`),
    ...differs,
  ]
}

function firstSeenLines({
  field,
  learning,
  minimum,
  forget,
  rules,
  groupBy,
}: FirstSeenRule): readonly string[] {
  return [
    `first_seen: ${field.join(' with ')}`,
    `after ${durationText(learning)} and at least ${minimum} earlier events; forgotten after ${durationText(forget)}`,
    ...over(rules),
    by(groupBy),
  ]
}

function volumeLines(rule: VolumeRule): readonly string[] {
  const { field, timespan, deviation, condition, minimum, history, season, peers } = rule
  const what = field === undefined ? 'events' : `sum of ${field}`
  const besides = condition.length === 0 ? '' : ` and ${boundsText(condition)}`
  const past = season === 'none' ? 'of the past' : 'of the same hour of the week in the past'
  const others = peers === undefined ? [] : [`peers ${peers.length === 0 ? 'all' : by(peers)}`]
  return [
    `volume: ${what} each ${durationText(timespan)} more than ${deviation} deviations above the median${besides}`,
    `against at least ${minimum} spans ${past} ${durationText(history)}`,
    ...others,
    ...over(rule.rules),
    by(rule.groupBy),
  ]
}

function absenceLines(rule: AbsenceRule): readonly string[] {
  const { timespan, grace, minimum, neighbours, speaking, disabling, raised } = rule
  const before = disabling.length === 0 ? [] : [`${raised ?? 'the same level'} after ${disabling.join(', ')}`]
  return [
    `absence: silent for ${durationText(timespan)} and ${durationText(grace)} of grace, after at least ${minimum} events`,
    `while neighbours speak${neighbours.length === 0 ? '' : ` with the same ${neighbours.join(', ')}`}`,
    ...before,
    ...over(speaking),
    by(rule.groupBy),
  ]
}

function over(rules: readonly string[]): readonly string[] {
  return rules.map(rule => `over ${rule}`)
}

function by(fields: readonly string[]): string {
  return fields.length === 0 ? 'by nothing' : `by ${fields.join(', ')}`
}

function aliasLines({ aliases }: CorrelationRule): readonly string[] {
  return Object.entries(aliases).flatMap(([alias, fields]) =>
    Object.entries(fields).map(([rule, field]) => `${alias} is ${field} of ${rule}`),
  )
}
