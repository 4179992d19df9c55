import type { Lowering } from '../../../plan/lowering.ts'
import { extend, type Pipeline, window } from '../../../plan/pipeline.ts'
import type { Aggregate, Relation, WindowColumn } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { both, call, choose, column, compare, isNull, known, not, number } from '../../../plan/scalars.ts'
import { isOn, numberOf, optionOf } from '../options.ts'
import type { Stages } from '../syntax/tree.ts'
import type { Measured } from './anomaly-fields.ts'

type Stage = Stages['anomalydetection']

/** Of all rows. */
const TOTAL = '$total'
/** The field that holds the logarithm of a row's chance. */
export const LOG = 'log_event_prob'

/** The frequency of each field's value, and the logarithm of their product. */
export function withChances(rows: Pipeline, fields: readonly Measured[]): Pipeline {
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

/** Below which logarithm a row is an anomaly, and the quartiles of all. */
export interface Threshold {
  readonly value: number
  readonly low: number
  readonly high: number
}

export function* thresholdOf({ options }: Stage, likely: Pipeline): Lowering<Threshold> {
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

/** The hidden column that says which rows are anomalies. */
export const ANOMALY = '$anomaly'

export function withVerdict(likely: Pipeline, { value }: Threshold, { options }: Stage): Pipeline {
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
