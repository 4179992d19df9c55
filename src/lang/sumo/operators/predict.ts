import type { Lowering } from '../../../plan/lowering.ts'
import { call, coalesce, number } from '../../../plan/scalars.ts'
import { autoRegressive } from '../lower/auto-regressive.ts'
import { assign, type Context, type Flow, fieldValue, find } from '../lower/flow.ts'
import { foretold } from '../lower/foretold.ts'
import { refuse } from '../lower/refuse.ts'
import { settingOf } from '../lower/setting-of.ts'
import { stepOf } from '../lower/steps.ts'
import { heightAt, lineOf } from '../lower/trend-line.ts'
import { numberOf } from '../lower/values.ts'
import { bare } from '../pieces.ts'
import { printName, printSettings } from '../print-parts.ts'
import { settings } from '../settings.ts'
import type { Stage } from '../syntax.ts'
import type { Operator } from './operator.ts'

/** `predict f by 1m [forecast=5] [model=ar, ar.window=20]`: a straight line through the values of the slices, or what their cycles add. */
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

/** Slices that may be foretold, and those that model=ar does unless it is told. */
const MOST = 100
const AHEAD = 3

function* lower(stage: Stage<'predict'>, flow: Flow, context: Context): Lowering<Flow> {
  const { of, at } = stage
  const time = find(flow, flow.slice?.name ?? '_timeslice')
  if (time === undefined)
    return refuse('predict', 'there is no timeslice to predict by', at, 'put "timeslice" before')
  const step = stepOf(stage.step, context)
  const value = coalesce(numberOf(fieldValue(flow, context, of.name, of.at)), number(0))
  const line = yield* lineOf(flow, { time: numberOf(time), value, step })
  if (isAutoRegressive(stage)) {
    const more = forecastOf(stage, step, context, AHEAD)
    return yield* autoRegressive(stage, { flow, line, time: numberOf(time), value, step, more }, context)
  }
  const predicted = heightAt(line, numberOf(time), step)
  const told = assign(flow, [
    { name: `${of.name}_predicted`, value: predicted },
    { name: `${of.name}_error`, value: call('subtract', predicted, value) },
  ])
  const wanted = forecastOf(stage, step, context, 0)
  const foreseen = Array.from({ length: wanted }, (_, index) => {
    const to = line.to + (index + 1) * step
    return [to, line.start + (line.slope * (to - line.from)) / step]
  })
  return wanted === 0 ? told : foretold(told, foreseen, [`${of.name}_predicted`])
}

/** How many slices shall be foretold: `forecast=5`, or as long as `forecast=5m`. */
function forecastOf(
  { settings: given }: Stage<'predict'>,
  step: number,
  context: Context,
  usual: number,
): number {
  const asked = given.find(({ key }) => key === 'forecast')
  if (asked === undefined) return usual
  if (/^\d+$/.test(asked.value.raw)) return settingOf(given, 'forecast', 0, { least: 0, most: MOST })
  return Math.min(MOST, Math.ceil(Math.abs(stepOf(asked.value, context)) / step))
}

function isAutoRegressive({ settings: given }: Stage<'predict'>): boolean {
  return given.some(({ key, value }) => key === 'model' && /^ar$/i.test(value.raw))
}
