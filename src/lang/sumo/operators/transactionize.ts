import type { Context, Flow } from '../lower/flow.ts'
import { mergedFields } from '../lower/merged-fields.ts'
import { merged, printMerged } from '../merged.ts'
import { printNames } from '../print-parts.ts'
import type { Stage } from '../syntax.ts'
import type { Operator } from './operator.ts'

/** `transactionize a, b (merge c takeFirst, d join with ",")`: rows with the same values become one. */
export const transactionize: Operator<'transactionize'> = {
  names: ['transactionize'],
  parse: (cursor, at) => {
    cursor.word('on', 'by')
    const by = cursor.names()
    if (!cursor.symbol('(')) {
      return { op: 'transactionize', at, by, merge: cursor.word('merge') ? merged(cursor) : [] }
    }
    cursor.expectWord('merge')
    const merge = merged(cursor)
    cursor.expectSymbol(')')
    return { op: 'transactionize', at, by, merge }
  },
  print: ({ by, merge }) =>
    `transactionize ${printNames(by)}${merge.length === 0 ? '' : ` (merge ${printMerged(merge)})`}`,
  lower,
}

function lower({ by, merge }: Stage<'transactionize'>, flow: Flow, context: Context): Flow {
  return mergedFields(by, merge, { flow, context })
}
