import type { Scalar } from '../../../plan/scalar.ts'
import { call, choose, compare, number, text } from '../../../plan/scalars.ts'
import { assign, type Context, type Flow, fieldValue } from '../lower/flow.ts'
import { settingOf } from '../lower/setting-of.ts'
import { numberOf } from '../lower/values.ts'
import { printName, printSettings } from '../print-parts.ts'
import { settings } from '../settings.ts'
import type { Stage } from '../syntax.ts'
import type { Operator } from './operator.ts'

/** `bin f width=1000, min=0, max=100000`: what is below or above goes to the first or the last bin. */
export const bin: Operator<'bin'> = {
  names: ['bin'],
  parse: (cursor, at) => ({
    op: 'bin',
    at,
    of: cursor.name(),
    settings: settings(cursor, ['width', 'min', 'max']),
  }),
  print: ({ of, settings: given }) => `bin ${printName(of)}${printSettings(given)}`,
  lower,
}

/** Bins that there are without a width. */
const BINS = 10

function lower({ of, settings: given }: Stage<'bin'>, flow: Flow, context: Context): Flow {
  const least = settingOf(given, 'min', undefined)
  const most = settingOf(given, 'max', undefined)
  const width = settingOf(given, 'width', ((most ?? 100) - (least ?? 0)) / BINS, { least: 1e-9, most: 1e15 })
  const value = numberOf(fieldValue(flow, context, of.name, of.at))
  const origin = number(least ?? 0)
  const size = number(width)
  const startOf = (time: Scalar): Scalar =>
    call(
      'add',
      call('multiply', call('floor', call('divide', call('subtract', time, origin), size)), size),
      origin,
    )
  const last = most === undefined ? undefined : lastStart(most, least ?? 0, width)
  const raised = least === undefined ? value : choose(compare('lt', value, origin), origin, value)
  const start = startOf(raised)
  const from = last === undefined ? start : choose(compare('gt', start, number(last)), number(last), start)
  const to = call('add', from, size)
  return assign(flow, [
    { name: '_bin_lower', value: from },
    { name: '_bin_upper', value: to },
    { name: '_bin_label', value: call('concat', text('['), from, text(', '), to, text(')')) },
  ])
}

/** Where the last bin begins that begins below the upper boundary. */
function lastStart(most: number, least: number, width: number): number {
  return least + Math.max(0, Math.ceil((most - least) / width) - 1) * width
}
