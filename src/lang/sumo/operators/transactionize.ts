import type { Lowering } from '../../../plan/lowering.ts'
import { filter, window } from '../../../plan/pipeline.ts'
import { call, choose, column, isNull, not, nothing, number } from '../../../plan/scalars.ts'
import type { Cursor } from '../cursor.ts'
import { assign, type Context, type Flow, fieldValue, withRows } from '../lower/flow.ts'
import { mergedFields } from '../lower/merged-fields.ts'
import { groupedWithin } from '../lower/transaction-bounds.ts'
import { GROUP, grouped } from '../lower/transaction-groups.ts'
import { numberOf } from '../lower/values.ts'
import { over } from '../lower/window.ts'
import { merged, printMerged } from '../merged.ts'
import { printAlias, printNames, printText } from '../print-parts.ts'
import { settings } from '../settings.ts'
import type { Stage } from '../syntax.ts'
import type { Setting } from '../syntax-parts.ts'
import type { Operator } from './operator.ts'

const SETTINGS = ['maxspan', 'maxpause', 'maxlogs', 'startswith', 'endswith', 'keeporphans']

/**
 * `transactionize a, b [as g] [maxspan=10m] [maxpause=1m] [maxlogs=5] [startswith="x"[;strict]] [endswith="y"[;strict]]`:
 * rows that agree in any of the fields are a group. With `(merge c takeFirst, d join with ",")` each group becomes one row.
 */
export const transactionize: Operator<'transactionize'> = {
  names: ['transactionize'],
  parse: (cursor, at) => {
    cursor.word('on', 'by')
    const by = cursor.names()
    const as = cursor.alias()
    const { given, strict } = bounds(cursor)
    const { merge, merges } = merging(cursor)
    return { op: 'transactionize', at, by, ...as, settings: given, strict, merge, merges }
  },
  print: ({ by, as, settings: given, strict, merge, merges }) =>
    `transactionize ${printNames(by)}${printAlias(as)}${printBounds(given, strict)}${merges ? ` (merge ${printMerged(merge)})` : ''}`,
  lower,
}

function bounds(cursor: Cursor): { readonly given: readonly Setting[]; readonly strict: readonly string[] } {
  const given: Setting[] = []
  const strict: string[] = []
  for (;;) {
    const more = settings(cursor, SETTINGS)
    given.push(...more)
    const last = more.at(-1)
    if (last === undefined || !cursor.symbol(';')) return { given, strict }
    cursor.expectWord('strict')
    strict.push(last.key)
  }
}

function printBounds(given: readonly Setting[], strict: readonly string[]): string {
  return given
    .map(({ key, value }) => {
      const text = key.endsWith('with') ? printText(value) : value.raw
      return ` ${key}=${text}${strict.includes(key) ? ';strict' : ''}`
    })
    .join('')
}

function merging(cursor: Cursor): Pick<Stage<'transactionize'>, 'merge' | 'merges'> {
  if (cursor.word('merge')) return { merge: merged(cursor), merges: true }
  if (!cursor.symbol('(')) return { merge: [], merges: false }
  cursor.expectWord('merge')
  const merge = merged(cursor)
  cursor.expectSymbol(')')
  return { merge, merges: true }
}

function* lower(stage: Stage<'transactionize'>, flow: Flow, context: Context): Lowering<Flow> {
  const { by, as, settings: given, merge, merges } = stage
  const bounded = given.some(({ key }) => key !== 'keeporphans')
  const all = yield* bounded ? groupedWithin(stage, flow, context) : grouped(flow, by, context)
  const alone = given.some(({ key, value }) => key === 'keeporphans' && /^false$/i.test(value.raw))
  const groups = alone ? withRows(all, filter(all.rows, not(isNull(column(GROUP, 'number'))))) : all
  if (merges) return mergedFields(by, merge, { flow: groups, context })
  return told(groups, as?.name ?? '_group', context)
}

/** The number, the length in ms and the size of its group beside each row. */
function told(flow: Flow, name: string, context: Context): Flow {
  const time = numberOf(fieldValue(flow, context, '_messageTime'))
  const place = { partitionBy: [column(GROUP, 'number')], orderBy: [] }
  const windowed = window(flow.rows, [
    over('$first', { fn: 'min', of: time, type: 'number' }, place),
    over('$last', { fn: 'max', of: time, type: 'number' }, place),
    over('$size', { fn: 'count_rows', type: 'number' }, place),
  ])
  const orphan = isNull(column(GROUP, 'number'))
  const duration = call('subtract', column('$last', 'number'), column('$first', 'number'))
  return assign(withRows(flow, windowed), [
    { name, value: column(GROUP, 'number') },
    { name: `${name}_duration`, value: choose(orphan, nothing('number'), duration) },
    { name: `${name}_size`, value: choose(orphan, number(1), column('$size', 'number')) },
    { name: `${name}_orphaned`, value: orphan },
  ])
}
