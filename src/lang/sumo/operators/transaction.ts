import { extend, filter } from '../../../plan/pipeline.ts'
import { column, isNull, not } from '../../../plan/scalars.ts'
import type { Cursor } from '../cursor.ts'
import type { Context } from '../lower/flow.ts'
import { type Flow, fieldValue, withRows } from '../lower/flow.ts'
import { STATE, stateOf, TIME } from '../lower/transaction-states.ts'
import { byStates, byTransaction, transitions } from '../lower/transactions.ts'
import { numberOf } from '../lower/values.ts'
import { bare } from '../pieces.ts'
import { printNames } from '../print-parts.ts'
import type { Stage } from '../syntax.ts'
import type { Text } from '../syntax-parts.ts'
import { printShowing, printStates, readShowing, readStates } from '../transaction-parts.ts'
import type { Operator } from './operator.ts'

/** `transaction on a [fringe=10m] with "*start*" as s, … [results by transactions | states | flow] [showing max(x)]`. */
export const transaction: Operator<'transaction'> = {
  names: ['transaction'],
  parse: (cursor, at) => {
    cursor.word('on', 'by')
    const on = cursor.names()
    const fringe = setting(cursor)
    cursor.expectWord('with')
    const states = readStates(cursor)
    const result = results(cursor)
    return { op: 'transaction', at, on, ...fringe, states, result, showing: readShowing(cursor) }
  },
  print: ({ on, fringe, states, result, showing }, pipeline) => {
    const edge = fringe === undefined ? '' : ` fringe=${fringe.raw}`
    return `transaction on ${printNames(on)}${edge} with ${printStates(states)} results by ${result}${printShowing(showing, pipeline)}`
  },
  lower,
}

function setting(cursor: Cursor): { readonly fringe?: Text } {
  if (!cursor.word('fringe')) return {}
  cursor.expectSymbol('=')
  return { fringe: bare(cursor, 'a length of time such as 10m') }
}

function results(cursor: Cursor): Stage<'transaction'>['result'] {
  if (!cursor.word('results')) return 'transactions'
  cursor.expectWord('by')
  if (cursor.word('flow')) return 'flow'
  if (cursor.word('states')) return 'states'
  cursor.expectWord('transactions')
  return 'transactions'
}

function lower(stage: Stage<'transaction'>, flow: Flow, context: Context): Flow {
  const keys = stage.on.map(({ name, at }) => ({ name, value: fieldValue(flow, context, name, at) }))
  const time = numberOf(fieldValue(flow, context, '_messageTime'))
  const told = extend(flow.rows, [
    { name: STATE, value: stateOf(stage.states, { flow, context }) },
    { name: TIME, value: time },
  ])
  const some = withRows(flow, filter(told, not(isNull(column(STATE, 'text')))))
  const scene = { flow: some, context }
  if (stage.result === 'flow') return transitions(some, keys)
  return stage.result === 'states' ? byStates(stage, keys, scene) : byTransaction(stage, keys, scene)
}
