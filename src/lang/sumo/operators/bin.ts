import { call, choose, compare, number, text } from '../../../plan/scalars.ts'
import { assign, type Context, type Flow, fieldValue } from '../lower/flow.ts'
import { settingOf } from '../lower/setting-of.ts'
import { numberOf } from '../lower/values.ts'
import { printName, printSettings } from '../print-parts.ts'
import { settings } from '../settings.ts'
import type { Stage } from '../syntax.ts'
import type { Operator } from './operator.ts'

/** `bin f width=1000, min=0, max=100000`. */
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
  const least = settingOf(given, 'min', 0)
  const most = settingOf(given, 'max', least + 100)
  const width = settingOf(given, 'width', (most - least) / BINS, { least: 1e-9, most: 1e15 })
  const value = numberOf(fieldValue(flow, context, of.name, of.at))
  const start = call(
    'add',
    call(
      'multiply',
      call('floor', call('divide', call('subtract', value, number(least)), number(width))),
      number(width),
    ),
    number(least),
  )
  const [below, above] = [compare('lt', value, number(least)), compare('gte', value, number(most))]
  const from = choose(above, number(most), start)
  const upper = choose(below, number(least), choose(above, number(null), call('add', start, number(width))))
  const label = choose(
    below,
    text(`<${least}`),
    choose(above, text(`>=${most}`), call('concat', from, text('-'), upper)),
  )
  return assign(flow, [
    { name: '_bin_lower', value: choose(below, number(null), from) },
    { name: '_bin_upper', value: upper },
    { name: '_bin_label', value: label },
  ])
}
