import type { Lowering } from '../../../plan/lowering.ts'
import { extend, filter, type Pipeline, select, window } from '../../../plan/pipeline.ts'
import type { Aggregate, Named, Relation, WindowColumn } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import {
  as,
  both,
  call,
  choose,
  column,
  compare,
  isNull,
  known,
  not,
  number,
  text,
} from '../../../plan/scalars.ts'
import { isOn, numberOf, optionOf } from '../reader.ts'
import type { Stages } from '../syntax/tree.ts'
import { type Context, fieldOf, refuse, shown } from './context.ts'
import { chosen } from './functions/conditions.ts'

type Stage = Stages['anomalydetection']

/**
 * Splunk's `anomalydetection`, histogram method. The chance of a row is the product of the frequencies of its
 * values; it is an anomaly if the logarithm of that lies below the first quartile by more than 1.5 times the
 * distance of the quartiles. What Splunk does not publish is a setting: `bins` (the rule for the width of bins),
 * `cap` (the part of rows that `cutoff=true` lets through), `missing`.
 */
export function* detected(stage: Stage, rows: Pipeline, context: Context): Lowering<Pipeline> {
  const method = optionOf(stage.options, 'method') ?? 'histogram'
  if (method !== 'histogram') {
    return refuse('spl/unsupported-option', `anomalydetection does not know method=${method} here`, stage.at)
  }
  const fields = yield* measured(stage, rows, context)
  if (fields.length === 0) return rows
  const likely = withChances(rows, fields)
  const threshold = yield* thresholdOf(stage, likely)
  const marked = withVerdict(likely, threshold, stage)
  return shownAs(stage, marked, rows, { fields, threshold })
}

/** One of the fields that are looked at: the value that rows are counted by. */
interface Measured {
  readonly name: string
  readonly value: Scalar
  readonly frequency: string
}

function* measured(stage: Stage, rows: Pipeline, context: Context): Lowering<readonly Measured[]> {
  const names =
    stage.fields.length > 0
      ? stage.fields
      : shown(rows)
          .filter(({ name }) => !name.startsWith('_'))
          .map(({ name }) => ({ name, at: stage.at }))
  const values = names.map(name => fieldOf(rows, name, context))
  const relation: Relation = { op: 'group', from: rows.relation, by: [], aggregates: values.flatMap(factsOf) }
  const {
    rows: [facts = {}],
  } = yield { relation, limit: 1, why: 'the spread of the fields, for anomalydetection' }
  return names.map(({ name }, at): Measured => {
    const value = values[at] ?? text(null)
    const fact = (what: string): number => Number(facts[`${what}${at}`] ?? 0)
    const numeric = value.type !== 'list' && fact('present') > 0 && fact('present') === fact('numeric')
    const range = {
      count: fact('numeric'),
      least: fact('least'),
      most: fact('most'),
      spread: fact('spread'),
      quartiles: fact('high') - fact('low'),
    }
    const counted = numeric ? binOf(as('number', value), range, stage) : as('text', value)
    const filled =
      optionOf(stage.options, 'missing') === 'value'
        ? chosen([[not(isNull(counted)), as('text', counted)]], text(''))
        : counted
    return { name, value: filled, frequency: `$frequency${at}` }
  })
}

function factsOf(value: Scalar, at: number): readonly Aggregate[] {
  const numeric = as('number', value)
  const fact = (what: string, fn: Aggregate['fn'], of: Scalar, fraction?: number): Aggregate => ({
    name: `${what}${at}`,
    fn,
    of,
    type: 'number',
    ...(fraction === undefined ? {} : { fraction }),
  })
  return [
    fact('present', 'count', as('text', value)),
    fact('numeric', 'count', numeric),
    fact('least', 'min', numeric),
    fact('most', 'max', numeric),
    fact('spread', 'stdev', numeric),
    fact('low', 'percentile', numeric, 0.25),
    fact('high', 'percentile', numeric, 0.75),
  ]
}

interface Range {
  readonly count: number
  readonly least: number
  readonly most: number
  readonly spread: number
  readonly quartiles: number
}

/** Equal bins from the least to the most value. */
function binOf(value: Scalar, range: Range, stage: Stage): Scalar {
  const bins = binCount(range, stage)
  if (bins <= 1) return choose(not(isNull(value)), number(0))
  const width = (range.most - range.least) / bins
  const place = call('floor', call('divide', call('subtract', value, number(range.least)), number(width)))
  return choose(not(isNull(value)), call('least', place, number(bins - 1)))
}

const MOST_BINS = 100_000

function binCount({ count, least, most, spread, quartiles }: Range, { options, at }: Stage): number {
  const rule = (optionOf(options, 'bins') ?? 'scott').toLowerCase()
  if (spread === 0 || most === least || count === 0) return 1
  if (/^\d{1,6}$/.test(rule)) return Math.max(1, Number(rule))
  if (rule === 'sturges') return Math.ceil(Math.log2(count)) + 1
  if (rule !== 'scott' && rule !== 'fd') {
    return refuse(
      'spl/option-value',
      `"${rule}" is no value of bins, which is scott, fd, sturges or a number`,
      at,
    )
  }
  const width = (rule === 'fd' && quartiles > 0 ? 2 * quartiles : 3.49 * spread) * count ** (-1 / 3)
  return Math.min(MOST_BINS, Math.max(1, Math.ceil((most - least) / width)))
}

const TOTAL = '$total'
const LOG = 'log_event_prob'

/** The frequency of each field's value, and the logarithm of their product. */
function withChances(rows: Pipeline, fields: readonly Measured[]): Pipeline {
  const counts = fields.map(
    ({ value, frequency }): WindowColumn => ({
      name: frequency,
      fn: 'aggregate',
      aggregate: { fn: 'count_rows', type: 'number' },
      partitionBy: [value],
      orderBy: [],
      type: 'number',
    }),
  )
  const total: WindowColumn = {
    name: TOTAL,
    fn: 'aggregate',
    aggregate: { fn: 'count_rows', type: 'number' },
    partitionBy: [],
    orderBy: [],
    type: 'number',
  }
  const counted = window(rows, [...counts, total])
  const frequencies = fields.map(({ value, frequency }) => ({
    name: frequency,
    value: choose(not(isNull(value)), call('divide', column(frequency, 'number'), column(TOTAL, 'number'))),
  }))
  const frequent = extend(counted, frequencies)
  const log = fields.reduce<Scalar>((sum, { frequency }) => {
    const one = call('logarithm', column(frequency, 'number'))
    return call('add', sum, choose(isNull(one), number(0), one))
  }, number(0))
  // Sums of the same logarithms in one order are the same to the last digit, so ties stay ties.
  return extend(frequent, [{ name: LOG, value: log }])
}

interface Threshold {
  readonly value: number
  readonly low: number
  readonly high: number
}

function* thresholdOf({ options }: Stage, likely: Pipeline): Lowering<Threshold> {
  const of = column(LOG, 'number')
  const quartile = (name: string, fraction: number): Aggregate => ({
    name,
    fn: 'percentile',
    of,
    fraction,
    type: 'number',
  })
  const relation: Relation = {
    op: 'group',
    from: likely.relation,
    by: [],
    aggregates: [quartile('low', 0.25), quartile('high', 0.75)],
  }
  const {
    rows: [found = {}],
  } = yield { relation, limit: 1, why: 'the quartiles of the chances, for anomalydetection' }
  const [low, high] = [Number(found['low'] ?? 0), Number(found['high'] ?? 0)]
  const given = optionOf(options, 'pthresh')
  return { value: given === undefined ? low - 1.5 * (high - low) : Math.log(Number(given)), low, high }
}

/** Of the part of rows that `cutoff` lets through; whole groups of equal chance. */
const CAP = 0.05

const ANOMALY = '$anomaly'

function withVerdict(likely: Pipeline, { value }: Threshold, { options }: Stage): Pipeline {
  const of = column(LOG, 'number')
  const below = known(compare('lt', of, number(value), { how: 'number' }))
  if (!isOn(options, 'cutoff', true)) return extend(likely, [{ name: ANOMALY, value: below }])
  const ascending = [{ value: of, descending: false }]
  const ranked = window(likely, [
    { name: '$rank', fn: 'rank', partitionBy: [], orderBy: ascending, type: 'number' },
    {
      name: '$ties',
      fn: 'aggregate',
      aggregate: { fn: 'count_rows', type: 'number' },
      partitionBy: [of],
      orderBy: [],
      type: 'number',
    },
  ])
  const last = call('subtract', call('add', column('$rank', 'number'), column('$ties', 'number')), number(1))
  const most = call(
    'ceiling',
    call('multiply', number(numberOf(options, 'cap', CAP)), column(TOTAL, 'number')),
  )
  return extend(ranked, [
    { name: ANOMALY, value: both(below, compare('lte', last, most, { how: 'number' })) },
  ])
}

interface Facts {
  readonly fields: readonly Measured[]
  readonly threshold: Threshold
}

function shownAs(stage: Stage, marked: Pipeline, rows: Pipeline, facts: Facts): Pipeline {
  const anomaly = column(ANOMALY, 'boolean')
  const action = optionOf(stage.options, 'action') ?? 'filter'
  if (action === 'summary') return summary(marked, anomaly, facts.threshold)
  const added = explanation(facts.fields, anomaly)
  const kept = shown(rows).filter(({ name }) => !added.some(other => other.name === name))
  const explained = select(marked, [...kept, ...added])
  switch (action) {
    case 'annotate':
      return explained
    case 'filter':
      return filter(explained, not(isNull(column('probable_cause', 'text'))))
    default:
      return refuse(
        'spl/unsupported-option',
        `anomalydetection does not know action=${action} for histograms`,
        stage.at,
      )
  }
}

/** The field whose value is the rarest explains the row; the first of them if there are several. */
function explanation(fields: readonly Measured[], anomaly: Scalar): readonly Named[] {
  const frequencies = fields.map(({ frequency }) => column(frequency, 'number'))
  const least = call('least', ...frequencies)
  const cause = chosen(
    fields.map(({ name, frequency }) => {
      return [known(compare('eq', column(frequency, 'number'), least, { how: 'number' })), text(name)]
    }),
  )
  return [
    { name: LOG, value: column(LOG, 'number') },
    { name: 'probable_cause', value: choose(anomaly, cause) },
    { name: 'probable_cause_freq', value: choose(anomaly, least) },
    { name: 'max_freq', value: choose(anomaly, call('greatest', ...frequencies)) },
  ]
}

function summary({ relation }: Pipeline, anomaly: Scalar, { value, low, high }: Threshold): Pipeline {
  const of = column(LOG, 'number')
  const aggregates: readonly Aggregate[] = [
    { name: 'num_anomalies', fn: 'count', of: choose(anomaly, number(1)), type: 'number' },
    { name: 'max_logprob', fn: 'max', of, type: 'number' },
    { name: 'min_logprob', fn: 'min', of, type: 'number' },
  ]
  const grouped: Pipeline = { relation: { op: 'group', from: relation, by: [], aggregates }, order: [] }
  return select(grouped, [
    { name: 'num_anomalies', value: column('num_anomalies', 'number') },
    { name: 'thresh', value: number(value) },
    { name: 'max_logprob', value: column('max_logprob', 'number') },
    { name: 'min_logprob', value: column('min_logprob', 'number') },
    { name: '1st_quartile', value: number(low) },
    { name: '3rd_quartile', value: number(high) },
  ])
}
