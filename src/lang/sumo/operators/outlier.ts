import { window } from '../../../plan/pipeline.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import {
  both,
  call,
  choose,
  column,
  compare,
  either,
  isNull,
  known,
  not,
  number,
} from '../../../plan/scalars.ts'
import { limits } from '../limits.ts'
import { assign, type Context, type Flow, fieldValue, find, withRows } from '../lower/flow.ts'
import { settingOf } from '../lower/setting-of.ts'
import { numberOf } from '../lower/values.ts'
import { over, partition } from '../lower/window.ts'
import { printBy, printName, printSettings } from '../print-parts.ts'
import { settings } from '../settings.ts'
import type { Stage } from '../syntax.ts'
import type { Setting } from '../syntax-parts.ts'
import type { Operator } from './operator.ts'

/** `outlier f [window=10] [threshold=3] [consecutive=1] [direction=+-] [by a]`. */
export const outlier: Operator<'outlier'> = {
  names: ['outlier'],
  parse: (cursor, at) => {
    const of = cursor.name()
    const early = cursor.word('by') ? cursor.names() : []
    const given = settings(cursor, ['window', 'threshold', 'consecutive', 'direction'])
    const by = cursor.word('by') ? cursor.names() : early
    return { op: 'outlier', at, of, settings: given, by }
  },
  print: ({ of, settings: given, by }) => `outlier ${printName(of)}${printSettings(given)}${printBy(by)}`,
  lower,
}

function lower({ of, settings: given, by }: Stage<'outlier'>, flow: Flow, context: Context): Flow {
  const size = settingOf(given, 'window', 10, ROWS)
  const threshold = number(settingOf(given, 'threshold', 3))
  const value = numberOf(fieldValue(flow, context, of.name, of.at))
  const time = find(flow, flow.slice?.name ?? '_timeslice')
  const orderBy = time === undefined ? flow.rows.order : [{ value: time, descending: false }]
  const partitionBy = partition(by, flow, context)
  const place = { partitionBy, orderBy, frame: { from: -size, to: -1 } }
  const rows = window(flow.rows, [
    over(MEAN, { fn: 'average', of: value, type: 'number' }, place),
    over(DEVIATION, { fn: 'stdev', of: value, type: 'number' }, place),
    { name: REST, fn: 'lead', of: value, by: 1, partitionBy, orderBy, type: 'number' },
  ])
  const [mean, deviation] = [column(MEAN, 'number'), column(DEVIATION, 'number')]
  const spread = call('multiply', threshold, deviation)
  const bounds = { value, low: call('subtract', mean, spread), high: call('add', mean, spread) }
  const out = both(not(isNull(column(REST, 'number'))), outside(bounds, directionOf(given)))
  const told = assign(withRows(flow, rows), [
    { name: `${of.name}_error`, value: call('subtract', value, mean) },
    { name: `${of.name}_lower`, value: bounds.low },
    { name: `${of.name}_upper`, value: bounds.high },
    { name: `${of.name}_std`, value: deviation },
    { name: `${of.name}_indicator`, value: choose(out, number(1), number(0)) },
  ])
  const consecutive = settingOf(given, 'consecutive', 1, ROWS)
  const indicator = column(`${of.name}_indicator`, 'number')
  const frame = { from: 1 - consecutive, to: 0 }
  const sum = over(RUN, { fn: 'sum', of: indicator, type: 'number' }, { partitionBy, orderBy, frame })
  const run = compare('gte', column(RUN, 'number'), number(consecutive))
  return assign(withRows(told, window(told.rows, [sum])), [
    { name: `${of.name}_violation`, value: choose(known(run), number(1), number(0)) },
  ])
}

const ROWS = { least: 1, most: limits.window }
const MEAN = '$mean'
const DEVIATION = '$deviation'
const REST = '$rest'
const RUN = '$run'

function outside(
  { value, low, high }: { readonly value: Scalar; readonly low: Scalar; readonly high: Scalar },
  direction: string,
): Scalar {
  const above = known(compare('gt', value, high))
  const below = known(compare('lt', value, low))
  if (direction === '+') return above
  return direction === '-' ? below : either(above, below)
}

function directionOf(given: readonly Setting[]): string {
  return given.find(({ key }) => key === 'direction')?.value.raw ?? '+-'
}
