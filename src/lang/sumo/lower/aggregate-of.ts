import { extend, type Pipeline as Rows } from '../../../plan/pipeline.ts'
import type { Aggregate, AggregateName } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { call, column, number, text } from '../../../plan/scalars.ts'
import type { AggregateCall, Expr, Stage } from '../syntax.ts'
import { find } from './flow.ts'
import { refuse } from './refuse.ts'
import { type Scene, scalar } from './value-of.ts'
import { literalNumber, numberOf, textOf } from './values.ts'

const NUMERIC: ReadonlyMap<string, AggregateName> = new Map([
  ['sum', 'sum'],
  ['avg', 'average'],
  ['min', 'min'],
  ['max', 'max'],
  ['stddev', 'stdev'],
  ['variance', 'variance'],
])
/** What values are called that have another name than their function. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['most_recent', '_mostrecent'],
  ['least_recent', '_leastrecent'],
])
/** Percentiles of `pct` that says none. */
const PERCENTILE = 95

/** Values that `values` lists at most. */
const LISTED = 100

/** The lists that `values` makes as texts, a value a line. */
export function listed(rows: Rows, aggregates: readonly Aggregate[]): Rows {
  const lists = aggregates.filter(({ fn, type }) => fn === 'values' && type === 'list')
  if (lists.length === 0) return rows
  return extend(
    rows,
    lists.map(({ name }) => {
      const first = call('list_slice', column(name, 'list'), number(0), number(LISTED - 1))
      return { name, value: call('list_join', first, text('\n')) }
    }),
  )
}

/** What one call of an aggregate stage computes: one value, or one for each percentile. */
export function aggregatesOf(
  { fn, args, as }: AggregateCall,
  stage: Pick<Stage, 'at'>,
  scene: Scene,
): readonly Aggregate[] {
  const name = as?.name ?? NAMES.get(fn) ?? `_${fn}`
  const [first] = args
  if (fn === 'count' || fn === 'count_frequent') {
    const called = as?.name ?? (fn === 'count' ? '_count' : '_approxcount')
    if (first === undefined) return [{ name: called, fn: 'count_rows', type: 'number' }]
    return [{ name: called, fn: 'count', of: scalar(first, scene), type: 'number' }]
  }
  if (first === undefined) return refuse('arguments', `"${fn}" needs a field`, stage.at, `write ${fn}(field)`)
  const value = scalar(first, scene)
  const numeric = NUMERIC.get(fn)
  if (numeric !== undefined) return [{ name, fn: numeric, of: numberOf(value), type: 'number' }]
  return other(fn, name, { value, first, args, stage, scene, named: as !== undefined })
}

interface Asked {
  readonly value: Scalar
  readonly first: Expr
  readonly args: readonly Expr[]
  readonly stage: Pick<Stage, 'at'>
  readonly scene: Scene
  readonly named: boolean
}

function other(fn: string, name: string, asked: Asked): readonly Aggregate[] {
  const { value, scene, stage } = asked
  switch (fn) {
    case 'count_distinct':
      return [{ name, fn: 'count_distinct', of: value, type: 'number' }]
    case 'range':
      return refuse('unsupported', '"range" cannot be run', stage.at, 'use max and min')
    case 'values':
      return [{ name, fn: 'values', of: textOf(value), type: 'list' }]
    case 'first':
    case 'last':
      return [{ name, fn, of: value, orderBy: scene.flow.rows.order, type: value.type }]
    case 'most_recent':
    case 'least_recent':
      return [
        { name, fn: 'first', of: value, orderBy: byTime(scene, fn === 'most_recent'), type: value.type },
      ]
    case 'median':
      return [{ name, fn: 'percentile', of: numberOf(value), fraction: 0.5, type: 'number' }]
    default:
      return percentiles(name, asked)
  }
}

function byTime(scene: Scene, newest: boolean): NonNullable<Aggregate['orderBy']> {
  const time = find(scene.flow, '_messageTime')
  return time === undefined ? scene.flow.rows.order : [{ value: time, descending: newest }]
}

/** `pct(f, 50, 95)` gives `_f_pct_50` and `_f_pct_95`. */
function percentiles(name: string, { value, first, args, stage, scene, named }: Asked): readonly Aggregate[] {
  const wanted = args.slice(1).map(each => literalNumber(scalar(each, scene)))
  const field = first.kind === 'field' ? first.name : 'value'
  return (wanted.length === 0 ? [PERCENTILE] : wanted).map((percent, index) => {
    if (percent === undefined || percent < 0 || percent > 100) {
      return refuse('arguments', 'a percentile is a number from 0 to 100', stage.at)
    }
    const called = named && index === 0 ? name : `_${field}_pct_${percent}`
    return { name: called, fn: 'percentile', of: numberOf(value), fraction: percent / 100, type: 'number' }
  })
}
