import type { ColumnType } from '../../../plan/column-type.ts'
import type { Pipeline } from '../../../plan/pipeline.ts'
import type { Aggregate, AggregateName, SortKey } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import {
  as,
  call,
  choose,
  coalesce,
  column,
  isNull,
  known,
  not,
  nothing,
  number,
} from '../../../plan/scalars.ts'
import type { Aggregation } from '../syntax/tree.ts'
import { type Context, maybe, refuse } from './context.ts'
import { truthOf } from './values.ts'

/** Names of the functions that `stats` and its like know, without the numbers of percentiles. */
export const aggregateNames: readonly string[] = [
  'avg',
  'c',
  'count',
  'dc',
  'distinct_count',
  'earliest',
  'earliest_time',
  'estdc',
  'estdc_error',
  'exactperc',
  'first',
  'last',
  'latest',
  'latest_time',
  'list',
  'max',
  'mean',
  'median',
  'min',
  'mode',
  'p',
  'perc',
  'range',
  'rate',
  'sparkline',
  'stdev',
  'stdevp',
  'sum',
  'sumsq',
  'upperperc',
  'values',
  'var',
  'varp',
]

const PERCENTILE = /^(?:p|perc|exactperc|upperperc)(\d{1,2}(?:[_.]\d+)?|100)$/

export function isAggregate(name: string): boolean {
  return (
    PERCENTILE.test(name) || (aggregateNames.includes(name) && !/^(p|perc|exactperc|upperperc)$/.test(name))
  )
}

export interface Making {
  readonly rows: Pipeline
  readonly context: Context
  readonly name: string
}

/** Aggregates, and the value that is made of them. */
export interface Made {
  readonly aggregates: readonly Aggregate[]
  readonly value: Scalar
}

/** One function over the rows of a group; without a value only `count` counts them all. */
export function aggregated(
  { fn, at }: Pick<Aggregation, 'fn' | 'at'>,
  of: Scalar | undefined,
  making: Making,
): Made {
  if (fn === 'sparkline') return picture(making, at)
  if (of === undefined) {
    if (fn === 'count' || fn === 'c') return one(making, { fn: 'count_rows', type: 'number' })
    return refuse('spl/arguments', `"${fn}" needs a field, as in ${fn}(field)`, at)
  }
  const percentile = PERCENTILE.exec(fn)
  if (percentile !== null) return quantile(making, of, Number((percentile[1] ?? '').replace('_', '.')) / 100)
  const numeric = of.type === 'list' ? of : as('number', of)
  switch (fn) {
    case 'count':
    case 'c':
      return one(making, { fn: 'count', of: counted(of), type: 'number' })
    case 'dc':
    case 'distinct_count':
    case 'estdc':
      return one(making, { fn: 'count_distinct', of, type: 'number' })
    // The count is exact.
    case 'estdc_error':
      return { aggregates: [], value: number(0) }
    case 'min':
    case 'max':
      return extreme(making, fn, of)
    case 'values':
      return one(making, { fn, of: listable(of), type: 'list' })
    case 'list':
      return list(making, listable(of))
    case 'mode':
      return one(making, { fn: 'mode', of: listable(of), type: 'text' })
    case 'median':
      return one(making, { fn: 'upper_median', of: as('number', of), type: 'number' })
    case 'first':
    case 'last':
      return one(making, { fn, of, orderBy: making.rows.order, type: of.type })
    case 'earliest':
    case 'latest':
      return one(making, {
        fn: fn === 'earliest' ? 'first' : 'last',
        of,
        orderBy: byTime(making),
        type: of.type,
      })
    case 'earliest_time':
    case 'latest_time':
      return one(making, timeOf(fn === 'earliest_time' ? 'min' : 'max', of, making))
    case 'range':
      return range(making, numeric)
    case 'rate':
      return rate(making, numeric)
    case 'sumsq':
      return one(making, { fn: 'sum', of: call('multiply', numeric, numeric), type: 'number' })
    case 'stdev':
    case 'var':
      return spread(making, fn === 'stdev' ? 'stdev' : 'variance', numeric)
    default: {
      const name = NUMERIC[fn]
      if (name === undefined) return refuse('spl/unknown-function', `there is no aggregate "${fn}"`, at)
      return one(making, { fn: name, of: numeric, type: 'number' })
    }
  }
}

function picture({ context }: Making, at: Aggregation['at']): Made {
  const message = 'a sparkline is a picture, for which rows have no place: its column is empty'
  context.environment.note({ code: 'spl/sparkline', severity: 'warning', message, at })
  return { aggregates: [], value: nothing('text') }
}

const NUMERIC: Readonly<Record<string, AggregateName>> = {
  sum: 'sum',
  avg: 'average',
  mean: 'average',
  stdevp: 'stdev_population',
  varp: 'variance_population',
}

function one({ name }: Making, aggregate: Omit<Aggregate, 'name'>): Made {
  return { aggregates: [{ ...aggregate, name }], value: column(name, aggregate.type) }
}

/** A condition counts where it is true. */
function counted(of: Scalar): Scalar {
  return of.type === 'boolean' ? choose(known(truthOf(of)), number(1)) : of
}

/** Numbers come before texts, each of which stays as it is written. */
function extreme(making: Making, fn: 'min' | 'max', of: Scalar): Made {
  if (of.type === 'number') return one(making, { fn, of, type: 'number' })
  if (of.type === 'list') {
    const { aggregates, value } = one(making, { fn: 'values', of, type: 'list' })
    return { aggregates, value: call(fn === 'min' ? 'list_least' : 'list_greatest', value) }
  }
  const words = as('text', of)
  const numeric = not(isNull(as('number', words)))
  const part = (suffix: string, where: Scalar): Aggregate => {
    return { name: making.name + suffix, fn, of: words, where, type: 'text' }
  }
  const [numbers, texts] = [part('a', numeric), part('b', not(numeric))]
  const [first, second] = fn === 'min' ? [numbers, texts] : [texts, numbers]
  return {
    aggregates: [numbers, texts],
    value: coalesce(column(first.name, 'text'), column(second.name, 'text')),
  }
}

function listable(of: Scalar): Scalar {
  return of.type === 'list' ? of : as('text', of)
}

/** At most 100 values, as Splunk's `list` gives. */
function list(making: Making, of: Scalar): Made {
  const made = one(making, { fn: 'list', of, orderBy: making.rows.order, type: 'list' })
  return { ...made, value: call('list_slice', made.value, number(0), number(99)) }
}

function quantile(making: Making, of: Scalar, fraction: number): Made {
  return one(making, { fn: 'percentile', of: as('number', of), fraction, type: 'number' })
}

function byTime({ rows }: Making): readonly SortKey[] {
  const backwards = rows.order.map(key => ({ ...key, descending: !key.descending }))
  return [{ value: as('number', maybe(rows, '_time')), descending: false }, ...backwards]
}

function timeOf(fn: 'min' | 'max', of: Scalar, { rows }: Making): Omit<Aggregate, 'name'> {
  const time = as('number', maybe(rows, '_time'))
  const where: Scalar = { kind: 'not', of: { kind: 'null', of, type: 'boolean' }, type: 'boolean' }
  return { fn, of: time, where, type: 'number' }
}

function range(making: Making, of: Scalar): Made {
  const [least, most] = [`${making.name}a`, `${making.name}b`]
  return {
    aggregates: [
      { name: least, fn: 'min', of: as('number', of), type: 'number' },
      { name: most, fn: 'max', of: as('number', of), type: 'number' },
    ],
    value: call('subtract', column(most, 'number'), column(least, 'number')),
  }
}

/** Of a sample; a single value has no spread. */
function spread(making: Making, fn: 'stdev' | 'variance', of: Scalar): Made {
  const [found, average] = [`${making.name}a`, `${making.name}b`]
  const value = column(found, 'number')
  return {
    aggregates: [
      { name: found, fn, of, type: 'number' },
      { name: average, fn: 'average', of, type: 'number' },
    ],
    value: choose(not(isNull(value)), value, choose(not(isNull(column(average, 'number'))), number(0))),
  }
}

/** The change of a value over the time that it took, a second. */
function rate(making: Making, of: Scalar): Made {
  const time = as('number', maybe(making.rows, '_time'))
  const orderBy = byTime(making)
  const parts = [
    ['a', of, 'first'],
    ['b', of, 'last'],
    ['c', time, 'first'],
    ['d', time, 'last'],
  ] as const
  const aggregates = parts.map(
    ([suffix, value, fn]): Aggregate => ({
      name: making.name + suffix,
      fn,
      of: as('number', value),
      orderBy,
      type: 'number' satisfies ColumnType,
    }),
  )
  const part = (suffix: string) => column(making.name + suffix, 'number')
  const change = call('subtract', part('b'), part('a'))
  return { aggregates, value: call('divide', change, call('subtract', part('d'), part('c'))) }
}
