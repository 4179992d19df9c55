import type { Lowering } from '../../../plan/lowering.ts'
import { group } from '../../../plan/pipeline.ts'
import type { Relation } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { call, coalesce, column, number } from '../../../plan/scalars.ts'
import { assign, type Context, type Flow, fieldValue, find, flowOf, withRows } from '../lower/flow.ts'
import { refuse } from '../lower/refuse.ts'
import { settingOf } from '../lower/setting-of.ts'
import { stepOf } from '../lower/steps.ts'
import { numberOf } from '../lower/values.ts'
import { bare } from '../pieces.ts'
import { printName, printSettings } from '../print-parts.ts'
import { settings } from '../settings.ts'
import type { Stage } from '../syntax.ts'
import type { Operator } from './operator.ts'

/** `predict f by 1m [forecast=5]`: a straight line through the values of the slices. */
export const predict: Operator<'predict'> = {
  names: ['predict'],
  parse: (cursor, at) => {
    const of = cursor.name()
    cursor.expectWord('by')
    const step = bare(cursor, 'a length of time such as 1m')
    return { op: 'predict', at, of, step, settings: settings(cursor, ['model', 'ar.window', 'forecast']) }
  },
  print: ({ of, step, settings: given }) => `predict ${printName(of)} by ${step.raw}${printSettings(given)}`,
  lower,
}

/** Slices that may be foretold. */
const MOST = 100

function* lower(stage: Stage<'predict'>, flow: Flow, context: Context): Lowering<Flow> {
  const { of, at } = stage
  const time = find(flow, flow.slice?.name ?? '_timeslice')
  if (time === undefined)
    return refuse('predict', 'there is no timeslice to predict by', at, 'put "timeslice" before')
  const step = stepOf(stage.step, context)
  const value = coalesce(numberOf(fieldValue(flow, context, of.name, of.at)), number(0))
  const line = yield* lineOf(flow, { time: numberOf(time), value, step })
  const predicted = heightAt(line, numberOf(time), step)
  const told = assign(flow, [
    { name: `${of.name}_predicted`, value: predicted },
    { name: `${of.name}_error`, value: call('subtract', predicted, value) },
  ])
  const wanted = forecastOf(stage, step, context)
  return wanted === 0 ? told : foretold(told, line, { step, wanted, field: of.name })
}

interface Line {
  /** The first slice and the last one, in ms. */
  readonly from: number
  readonly to: number
  readonly start: number
  /** What is added with each slice. */
  readonly slope: number
}

/** The line of least squares; a slice without a row counts as 0. */
function* lineOf(
  flow: Flow,
  { time, value, step }: { readonly time: Scalar; readonly value: Scalar; readonly step: number },
): Lowering<Line> {
  const weighted = call('multiply', value, call('divide', time, number(step)))
  const sum = (name: string, of: Scalar) => ({ name, fn: 'sum', of, type: 'number' }) as const
  const asked = group(
    flow.rows,
    [],
    [
      { name: 'from', fn: 'min', of: time, type: 'number' },
      { name: 'to', fn: 'max', of: time, type: 'number' },
      sum('sum', value),
      sum('weighted', weighted),
    ],
  )
  const { rows } = yield { relation: asked.relation, limit: 1, why: 'the sums of predict' }
  const figure = (name: string): number => Number(rows[0]?.[name] ?? 0)
  const [from, to, total] = [figure('from'), figure('to'), figure('sum')]
  const count = Math.floor((to - from) / step) + 1
  const places = (count * (count - 1)) / 2
  const squares = ((count - 1) * count * (2 * count - 1)) / 6
  const products = figure('weighted') - (from / step) * total
  const spread = count * squares - places * places
  const slope = spread === 0 ? 0 : (count * products - places * total) / spread
  return { from, to, slope, start: (total - slope * places) / count }
}

function heightAt({ from, start, slope }: Line, time: Scalar, step: number): Scalar {
  const place = call('divide', call('subtract', time, number(from)), number(step))
  return call('add', number(start), call('multiply', number(slope), place))
}

/** How many slices shall be foretold: `forecast=5`, or as long as `forecast=5m`. */
function forecastOf({ settings: given }: Stage<'predict'>, step: number, context: Context): number {
  const asked = given.find(({ key }) => key === 'forecast')
  if (asked === undefined) return 0
  if (/^\d+$/.test(asked.value.raw)) return settingOf(given, 'forecast', 0, { least: 0, most: MOST })
  return Math.min(MOST, Math.ceil(Math.abs(stepOf(asked.value, context)) / step))
}

/** With rows for the slices to come. */
function foretold(
  flow: Flow,
  { from, to, start, slope }: Line,
  { step, wanted, field }: { readonly step: number; readonly wanted: number; readonly field: string },
): Flow {
  const name = flow.slice?.name ?? '_timeslice'
  const rows = Array.from({ length: wanted }, (_, index) => {
    const time = to + (index + 1) * step
    return [time, start + (slope * (time - from)) / step]
  })
  const columns = [name, `${field}_predicted`].map(each => ({ name: each, type: 'number' as const }))
  const relation: Relation = { op: 'union', of: [flow.rows.relation, { op: 'rows', columns, rows }] }
  const order = [{ value: column(name, 'number'), descending: false }]
  const slice = flow.slice === undefined ? {} : { slice: flow.slice }
  return { ...flowOf(withRows(flow, { relation, order }).rows, false), ...slice }
}
