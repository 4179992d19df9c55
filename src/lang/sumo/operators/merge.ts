import type { Context, Flow } from '../lower/flow.ts'
import { mergedFields } from '../lower/merged-fields.ts'
import { merged, printMerged } from '../merged.ts'
import type { Stage } from '../syntax.ts'
import type { Merged } from '../syntax-parts.ts'
import type { Operator } from './operator.ts'

/** `merge a takeFirst, b join with "," as c`: all rows become one. Without fields it merges the texts of messages. */
export const merge: Operator<'merge'> = {
  names: ['merge'],
  parse: (cursor, at) => ({
    op: 'merge',
    at,
    fields: cursor.atEnd ? [] : cursor.parenthesised(() => merged(cursor)),
  }),
  print: ({ fields }) => `merge ${printMerged(fields)}`.trim(),
  lower,
}

function lower({ fields, at }: Stage<'merge'>, flow: Flow, context: Context): Flow {
  const texts: readonly Merged[] = [
    { field: { name: '_raw', at } },
    { field: { name: '_messageTime', at }, how: 'takeFirst' },
  ]
  return mergedFields([], fields.length === 0 ? texts : fields, { flow, context })
}
