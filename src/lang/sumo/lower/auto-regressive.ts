import type { Lowering } from '../../../plan/lowering.ts'
import type { Relation } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { call, column, compare } from '../../../plan/scalars.ts'
import type { Stage } from '../syntax.ts'
import { autoRegression } from './auto-regression.ts'
import { assign, type Context, type Flow, withRows } from './flow.ts'
import { foretold } from './foretold.ts'
import { refuse } from './refuse.ts'
import { settingOf } from './setting-of.ts'
import type { Line } from './trend-line.ts'

/** The values of slices, with the line through them. */
export interface Series {
  readonly flow: Flow
  readonly line: Line
  readonly time: Scalar
  readonly value: Scalar
  /** The length of a slice in ms. */
  readonly step: number
  /** Slices to come. */
  readonly more: number
}

/** Slices that may be looked at, and values before one that may count. */
const POINTS = 10_000
const WINDOW = 200
/** How much of the series counts without `ar.window`. */
const SHARE = 0.4

/** What the values of slices before let expect of each, and of so many to come; with a note. */
export function* autoRegressive(
  stage: Stage<'predict'>,
  { flow, line, time, value, step, more }: Series,
  context: Context,
): Lowering<Flow> {
  const { of, at, settings: given } = stage
  context.environment.note({
    code: 'sumo/substitute',
    severity: 'warning',
    message:
      'how "predict" learns with model=ar is not published: here it is an auto-regression by Yule and Walker',
    at,
  })
  const count = Math.floor((line.to - line.from) / step) + 1
  if (count > POINTS)
    return refuse('predict', `there are ${count} slices: at most ${POINTS} can be learned from`, at)
  const columns = [
    { name: 'time', value: time },
    { name: 'value', value },
  ]
  const asked: Relation = { op: 'select', from: flow.rows.relation, columns }
  const { rows } = yield { relation: asked, limit: POINTS, why: 'the values of predict' }
  const values = new Array<number>(count).fill(0)
  for (const row of rows)
    values[Math.round((Number(row['time']) - line.from) / step)] = Number(row['value'] ?? 0)
  const linear = (place: number) => line.start + line.slope * place
  const usual = Math.max(1, Math.min(WINDOW, Math.floor(count * SHARE)))
  const order = Math.min(
    settingOf(given, 'ar.window', usual, { least: 1, most: WINDOW }),
    Math.max(1, count - 1),
  )
  const { expected } = autoRegression(values, linear, { order, more })
  const told = expected.map((each, place) => [line.from + place * step, each, linear(place)])
  return beside(flow, told, { count, field: of.name, time, value })
}

/** The slices with what was expected of them, and behind them those to come. */
function beside(
  flow: Flow,
  told: readonly (readonly number[])[],
  {
    count,
    field,
    time,
    value,
  }: { readonly count: number; readonly field: string; readonly time: Scalar; readonly value: Scalar },
): Flow {
  const names = ['$time', '$expected', '$linear'].map(name => ({ name, type: 'number' as const }))
  const right: Relation = { op: 'rows', columns: names, rows: told.slice(0, count) }
  const on = compare('eq', time, column('$time', 'number'))
  const joined: Relation = { op: 'join', how: 'left', left: flow.rows.relation, right, on }
  const linear = column('$linear', 'number')
  const shown = assign(withRows(flow, { relation: joined, order: flow.rows.order }), [
    { name: `${field}_predicted`, value: column('$expected', 'number') },
    { name: `${field}_linear`, value: linear },
    { name: `${field}_error`, value: call('subtract', linear, value) },
  ])
  const future = told.slice(count)
  return future.length === 0 ? shown : foretold(shown, future, [`${field}_predicted`, `${field}_linear`])
}
