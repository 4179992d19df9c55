import type { Context, Flow } from '../lower/flow.ts'
import { mergedFields } from '../lower/merged-fields.ts'
import { merged, printMerged } from '../merged.ts'
import type { Stage } from '../syntax.ts'
import type { Operator } from './operator.ts'

/** `merge a takeFirst, b join with ","`: all rows become one. */
export const merge: Operator<'merge'> = {
  names: ['merge'],
  parse: (cursor, at) => ({ op: 'merge', at, fields: cursor.parenthesised(() => merged(cursor)) }),
  print: ({ fields }) => `merge ${printMerged(fields)}`,
  lower,
}

function lower({ fields }: Stage<'merge'>, flow: Flow, context: Context): Flow {
  return mergedFields([], fields, { flow, context })
}
