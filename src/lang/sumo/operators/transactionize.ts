import type { Lowering } from '../../../plan/lowering.ts'
import { window } from '../../../plan/pipeline.ts'
import { call, choose, column, isNull, nothing, number } from '../../../plan/scalars.ts'
import type { Cursor } from '../cursor.ts'
import { assign, type Context, type Flow, fieldValue, withRows } from '../lower/flow.ts'
import { mergedFields } from '../lower/merged-fields.ts'
import { GROUP, grouped } from '../lower/transaction-groups.ts'
import { numberOf } from '../lower/values.ts'
import { over } from '../lower/window.ts'
import { merged, printMerged } from '../merged.ts'
import { printAlias, printNames, printSettings } from '../print-parts.ts'
import { settings } from '../settings.ts'
import type { Stage } from '../syntax.ts'
import type { Operator } from './operator.ts'

const SETTINGS = ['maxspan', 'maxpause', 'maxlogs', 'startswith', 'endswith', 'keeporphans']

/**
 * `transactionize a, b [as g]`: rows that agree in any of the fields are a group. With `(merge c takeFirst, d join with
 * ",")` each group becomes one row.
 */
export const transactionize: Operator<'transactionize'> = {
  names: ['transactionize'],
  parse: (cursor, at) => {
    cursor.word('on', 'by')
    const by = cursor.names()
    const as = cursor.alias()
    const given = settings(cursor, SETTINGS)
    const { merge, merges } = merging(cursor)
    return { op: 'transactionize', at, by, ...as, settings: given, merge, merges }
  },
  print: ({ by, as, settings: given, merge, merges }) =>
    `transactionize ${printNames(by)}${printAlias(as)}${printSettings(given)}${merges ? ` (merge ${printMerged(merge)})` : ''}`,
  lower,
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
  const { by, as, merge, merges } = stage
  const groups = yield* grouped(flow, by, context)
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
