import { extend, type Pipeline, window } from '../../../plan/pipeline.ts'
import type { Named, WindowColumn } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { as, both, call, choose, column, compare, isNull, known, not, number } from '../../../plan/scalars.ts'
import { optionOf } from '../options.ts'
import type { Stages, Trend } from '../syntax/tree.ts'
import { type Context, fieldOf, freshMark, refuse } from './context.ts'

/** Rows that a command looks back over at most. */
const MOST_BACK = 1000

/** What `autoregress` does: the values of the rows before, one field each. */
export function regressed(stage: Stages['autoregress'], rows: Pipeline, context: Context): Pipeline {
  const { field, options, at } = stage
  const text = optionOf(options, 'p') ?? '1'
  const [, first = '', last = first] = /^(\d{1,4})(?:-(\d{1,4}))?$/.exec(text) ?? []
  const [from, to] = [Number(first), Number(last || first)]
  if (first === '' || from < 1 || to < from || to > MOST_BACK)
    return refuse('spl/option-value', `"${text}" is no value of p`, at, 'it is written like 3 or 1-3')
  if (stage.as !== undefined && to > from)
    return refuse('spl/arguments', 'several rows before have several names, so there can be no "as"', at)
  const of = fieldOf(rows, field, context)
  const columns = Array.from({ length: to - from + 1 }, (_, place): WindowColumn => {
    const by = from + place
    const name = stage.as?.name ?? `${field.name}_p${by}`
    return { name, fn: 'lag', of, by, partitionBy: [], orderBy: rows.order, type: of.type }
  })
  return window(rows, columns)
}

/** What `trendline` does: moving averages over the last rows, nothing before there are enough of them. */
export function trends(stage: Stages['trendline'], rows: Pipeline, context: Context): Pipeline {
  return stage.trends.reduce((before, trend) => withTrend(before, trend, { stage, context }), rows)
}

interface Around {
  readonly stage: Stages['trendline']
  readonly context: Context
}

function withTrend(rows: Pipeline, trend: Trend, { stage, context }: Around): Pipeline {
  const { how, period, field } = trend
  const { at } = stage
  if (period < 2 || period > 10_000)
    return refuse('spl/arguments', `the period of a trend is 2 to 10000, not ${period}`, at)
  const name = trend.as?.name ?? `${how}${period}(${field.name})`
  const value = as('number', fieldOf(rows, field, context))
  const most = how === 'sma' ? 10_000 : MOST_BACK
  if (period > most)
    return refuse(
      'spl/unsupported-option',
      `${how} reaches over at most ${most} rows here, not ${period}`,
      at,
    )
  switch (how) {
    case 'sma':
      return simple(rows, { name, value, period })
    case 'wma':
      return weighted(rows, { name, value, period })
    default:
      return exponential(rows, { name, value, period })
  }
}

interface Average {
  readonly name: string
  readonly value: Scalar
  readonly period: number
}

function simple(rows: Pipeline, { name, value, period }: Average): Pipeline {
  const mark = freshMark(rows, 'trend')
  const over = { partitionBy: [], orderBy: rows.order, type: 'number' } as const
  const frame = { from: 1 - period, to: 0 } as const
  const averaged = window(rows, [
    {
      name: `${mark}a`,
      fn: 'aggregate',
      aggregate: { fn: 'average', of: value, type: 'number' },
      frame,
      ...over,
    },
    {
      name: `${mark}n`,
      fn: 'aggregate',
      aggregate: { fn: 'count', of: value, type: 'number' },
      frame,
      ...over,
    },
  ])
  const enough = compare('eq', column(`${mark}n`, 'number'), number(period))
  return extend(averaged, [{ name, value: choose(enough, column(`${mark}a`, 'number')) }])
}

/** The newest value counts `period` times, the one before once less, and so on. */
function weighted(rows: Pipeline, { name, value, period }: Average): Pipeline {
  const mark = freshMark(rows, 'trend')
  const before = Array.from({ length: period }, (_, by): WindowColumn => {
    const over = { partitionBy: [], orderBy: rows.order, type: 'number' } as const
    return { name: `${mark}${by}`, fn: 'lag', of: value, by, ...over }
  })
  const sum = before.reduce<Scalar>((total, one, by) => {
    return call('add', total, call('multiply', column(one.name, 'number'), number(period - by)))
  }, number(0))
  const weights = (period * (period + 1)) / 2
  const average: Named = { name, value: call('divide', sum, number(weights)) }
  return extend(window(rows, before), [average])
}

/** How many periods back a value still has a say; what is further away weighs less than 10^-17. */
const MEMORY = 20

/** Each value takes 2 parts of `period + 1` of the average, all values before it the rest. */
function exponential(rows: Pipeline, { name, value, period }: Average): Pipeline {
  const mark = freshMark(rows, 'trend')
  const list: WindowColumn = {
    name: `${mark}l`,
    fn: 'aggregate',
    aggregate: { fn: 'list', of: as('text', value), type: 'list' },
    frame: { from: 1 - period * MEMORY, to: 0 },
    partitionBy: [],
    orderBy: rows.order,
    type: 'list',
  }
  const values = column(list.name, 'list')
  const average = call('exponential_average', values, number(2 / (period + 1)))
  const enough = known(compare('gte', call('list_length', values), number(period)))
  return extend(window(rows, [list]), [{ name, value: choose(both(enough, not(isNull(value))), average) }])
}
