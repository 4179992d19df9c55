import type { Lowering } from '../../../plan/lowering.ts'
import { column, compare } from '../../../plan/scalars.ts'
import { type Context, type Flow, fieldValue, unused, withRows } from '../lower/flow.ts'
import { textOf } from '../lower/values.ts'
import { printName } from '../print-parts.ts'
import type { Stage } from '../syntax.ts'
import type { Operator } from './operator.ts'

/** `filter f in (count by f | top 5 f by _count)`: keeps rows whose value a pipeline over all rows gives. */
export const filter: Operator<'filter'> = {
  names: ['filter'],
  parse: (cursor, at) => {
    const field = cursor.name()
    cursor.expectWord('in')
    return {
      op: 'filter',
      at,
      field,
      pipeline: cursor.reading.pipeline(cursor.group(), cursor.depth + 1, 'either'),
    }
  },
  print: ({ field, pipeline }, print) => `filter ${printName(field)} in (${print(pipeline)})`,
  lower,
}

function* lower({ field, pipeline }: Stage<'filter'>, flow: Flow, context: Context): Lowering<Flow> {
  const inner = yield* context.lower(pipeline, flow)
  const wanted = textOf(fieldValue(inner, context, field.name, field.at))
  const place = unused(flow, 'wanted')
  const values = {
    op: 'distinct',
    from: { op: 'select', from: inner.rows.relation, columns: [{ name: place, value: wanted }] },
  } as const
  const on = compare('eq', textOf(fieldValue(flow, context, field.name, field.at)), column(place, 'text'), {
    how: 'text',
  })
  const relation = { op: 'join', how: 'inner', left: flow.rows.relation, right: values, on } as const
  return withRows(flow, { relation, order: flow.rows.order })
}
