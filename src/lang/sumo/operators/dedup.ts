import { filter, window } from '../../../plan/pipeline.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { column, compare, either, isNull, known, not, number } from '../../../plan/scalars.ts'
import { type Context, type Flow, fieldNames, find, withRows } from '../lower/flow.ts'
import { joinedText } from '../lower/joined-text.ts'
import { textOf } from '../lower/values.ts'
import { partition } from '../lower/window.ts'
import { wholeNumber } from '../pieces.ts'
import { printBy } from '../print-parts.ts'
import type { Stage } from '../syntax.ts'
import type { Operator } from './operator.ts'

/** `dedup [n] [consecutive] by a, b`: the first rows of each group. */
export const dedup: Operator<'dedup'> = {
  names: ['dedup'],
  parse: (cursor, at) => {
    const early = cursor.word('consecutive')
    const count = /^\d+$/.test(cursor.peek().text) ? wholeNumber(cursor) : 1
    const consecutive = cursor.word('consecutive') || early
    const by = cursor.word('by') || cursor.isName() ? cursor.names() : []
    return { op: 'dedup', at, count, consecutive, by }
  },
  print: ({ count, consecutive, by }) => `dedup ${count}${consecutive ? ' consecutive' : ''}${printBy(by)}`,
  lower,
}

function lower({ count, consecutive, by }: Stage<'dedup'>, flow: Flow, context: Context): Flow {
  const orderBy = flow.rows.order
  const keys = by.length === 0 ? whole(flow) : partition(by, flow, context)
  if (!consecutive) {
    const numbered = window(flow.rows, [
      { name: PLACE, fn: 'row_number', partitionBy: keys, orderBy, type: 'number' },
    ])
    return withRows(flow, filter(numbered, compare('lte', column(PLACE, 'number'), number(count))))
  }
  const key = joinedText(keys.map(textOf))
  const lagged = window(flow.rows, [
    { name: BEFORE, fn: 'lag', of: key, by: 1, partitionBy: [], orderBy, type: 'text' },
  ])
  const before = column(BEFORE, 'text')
  const changed = not(known(compare('eq', before, key, { how: 'text' })))
  return withRows(flow, filter(lagged, either(isNull(before), changed)))
}

/** The text of a message, all fields of a row. */
function whole(flow: Flow): readonly Scalar[] {
  const text = flow.messages ? find(flow, '_raw') : undefined
  return text === undefined ? fieldNames(flow).flatMap(name => find(flow, name) ?? []) : [text]
}

const PLACE = '$place'
const BEFORE = '$before'
