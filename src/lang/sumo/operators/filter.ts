import type { Lowering } from '../../../plan/lowering.ts'
import { both, column, compare } from '../../../plan/scalars.ts'
import { type Context, type Flow, fieldValue, unused, withRows } from '../lower/flow.ts'
import { textOf } from '../lower/values.ts'
import { printNames } from '../print-parts.ts'
import type { Stage } from '../syntax.ts'
import type { Name } from '../syntax-parts.ts'
import type { Operator } from './operator.ts'

/** `filter f, g in (count by f, g | top 5 f, g by _count)`: keeps rows whose values a pipeline over all rows gives. */
export const filter: Operator<'filter'> = {
  names: ['filter'],
  parse: (cursor, at) => {
    const fields = cursor.names()
    cursor.expectWord('in')
    return {
      op: 'filter',
      at,
      fields,
      pipeline: cursor.reading.pipeline(cursor.group(), cursor.depth + 1, 'either'),
    }
  },
  print: ({ fields, pipeline }, print) => `filter ${printNames(fields)} in (${print(pipeline)})`,
  lower,
}

function* lower({ fields, pipeline }: Stage<'filter'>, flow: Flow, context: Context): Lowering<Flow> {
  const inner = yield* context.lower(pipeline, flow)
  const valueIn = (of: Flow, { name, at }: Name) => textOf(fieldValue(of, context, name, at))
  const places = fields.map((field, index) => ({ field, name: `${unused(flow, 'wanted')}${index}` }))
  const columns = places.map(({ field, name }) => ({ name, value: valueIn(inner, field) }))
  const values = { op: 'distinct', from: { op: 'select', from: inner.rows.relation, columns } } as const
  const on = both(
    ...places.map(({ field, name }) =>
      compare('eq', valueIn(flow, field), column(name, 'text'), { how: 'text' }),
    ),
  )
  const relation = { op: 'join', how: 'inner', left: flow.rows.relation, right: values, on } as const
  return withRows(flow, { relation, order: flow.rows.order })
}
