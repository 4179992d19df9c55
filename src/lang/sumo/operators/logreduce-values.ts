import { group, sort } from '../../../plan/pipeline.ts'
import { call, coalesce, column, number, text } from '../../../plan/scalars.ts'
import { type Context, type Flow, fieldValue, flowOf } from '../lower/flow.ts'
import { noteSubstitute } from '../lower/signature.ts'
import { textOf } from '../lower/values.ts'
import { bare } from '../pieces.ts'
import { printNames } from '../print-parts.ts'
import type { Stage } from '../syntax.ts'
import type { Operator } from './operator.ts'

/** `logreduce values on a, b [output_threshold n]`: rows with the same values are one cluster. */
export const logreduceValues: Operator<'logreduce values'> = {
  names: ['logreduce values'],
  parse: (cursor, at) => {
    cursor.expectWord('on')
    const fields = cursor.names()
    if (cursor.word('output_threshold')) bare(cursor, 'a number')
    return { op: 'logreduce values', at, fields }
  },
  print: ({ fields }) => `logreduce values on ${printNames(fields)}`,
  lower,
}

function lower({ fields, at }: Stage<'logreduce values'>, flow: Flow, context: Context): Flow {
  noteSubstitute(context, 'logreduce values', 'messages that have the same values', at)
  const parts = fields.map(({ name, at: place }, index) => {
    const value = coalesce(textOf(fieldValue(flow, context, name, place)), text('null'))
    return call('concat', text(`${index === 0 ? '' : ', '}${name}: `), value)
  })
  const signature = call('concat', ...parts)
  const id = call('upper', call('substring', call('md5', signature), number(1), number(16)))
  const count = { name: '_count', fn: 'count_rows', type: 'number' } as const
  const keys = [
    { name: '_cluster_id', value: id },
    { name: '_signature', value: signature },
  ]
  const rows = group(flow.rows, keys, [count])
  return flowOf(sort(rows, [{ value: column('_count', 'number'), descending: true }]), false)
}
