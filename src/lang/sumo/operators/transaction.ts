import { filter, group, select, window } from '../../../plan/pipeline.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { call, column, compare, isNull, known, not, nothing, text } from '../../../plan/scalars.ts'
import type { Cursor } from '../cursor.ts'
import { type Context, type Flow, fieldValue, flowOf, withRows } from '../lower/flow.ts'
import { glob } from '../lower/glob.ts'
import { writtenText } from '../lower/texts.ts'
import { numberOf, textOf } from '../lower/values.ts'
import { printAlias, printName, printNames, printText } from '../print-parts.ts'
import type { Name, Stage, Text } from '../syntax.ts'
import type { Operator } from './operator.ts'

interface State {
  readonly pattern: Text
  readonly as?: Name
}

/** `transaction on a [fringe=10m] with "*start*" as s, … results by transactions | states | flow`. */
export const transaction: Operator<'transaction'> = {
  names: ['transaction'],
  parse: (cursor, at) => {
    cursor.word('on', 'by')
    const on = cursor.names()
    const fringe = setting(cursor)
    cursor.expectWord('with')
    const named = cursor.word('states')
    const states = named ? words(cursor) : patterns(cursor)
    const stateField = cursor.word('in') ? { stateField: cursor.name() } : {}
    const result = results(cursor)
    return { op: 'transaction', at, on, ...fringe, states, ...stateField, result }
  },
  print: ({ on, fringe, states, stateField, result }) => {
    const listed =
      stateField === undefined
        ? states.map(({ pattern, as }) => `${printText(pattern)}${printAlias(as)}`).join(', ')
        : `states ${states.map(({ pattern }) => pattern.raw).join(', ')} in ${printName(stateField)}`
    return `transaction on ${printNames(on)}${fringe === undefined ? '' : ` fringe=${fringe.raw}`} with ${listed} results by ${result}`
  },
  lower,
}

function setting(cursor: Cursor): { readonly fringe?: Text } {
  if (!cursor.word('fringe')) return {}
  cursor.expectSymbol('=')
  return { fringe: cursor.bare('a length of time such as 10m') }
}

function patterns(cursor: Cursor): readonly State[] {
  const states = [{ pattern: cursor.text(), ...cursor.alias() }]
  while (cursor.symbol(',')) {
    cursor.word('with')
    states.push({ pattern: cursor.text(), ...cursor.alias() })
  }
  return states
}

function words(cursor: Cursor): readonly State[] {
  return cursor.names().map(({ name, at }) => ({ pattern: { raw: name, at } }))
}

function results(cursor: Cursor): Stage<'transaction'>['result'] {
  if (!cursor.word('results')) return 'transactions'
  cursor.expectWord('by')
  if (cursor.word('flow')) return 'flow'
  if (cursor.word('states')) return 'states'
  cursor.expectWord('transactions')
  return 'transactions'
}

const STATE = '$state'
const TIME = '$time'
const FROM = '$from'
const SINCE = '$since'

function lower(stage: Stage<'transaction'>, flow: Flow, context: Context): Flow {
  const keys = stage.on.map(({ name, at }) => ({ name, value: fieldValue(flow, context, name, at) }))
  const state = stateOf(stage, flow, context)
  const time = numberOf(fieldValue(flow, context, '_messageTime'))
  const told = select(flow.rows, [...keys, { name: STATE, value: state }, { name: TIME, value: time }])
  const some = withRows(flow, filter(told, not(isNull(column(STATE, 'text')))))
  const by = keys.map(({ name, value }) => ({ name, value: column(name, value.type) }))
  if (stage.result === 'flow') return flows(some, by)
  const names = stage.states.map(nameOf)
  const counts = names.map(name => ({
    name,
    fn: 'count_rows' as const,
    where: known(compare('eq', column(STATE, 'text'), text(name), { how: 'text' })),
    type: 'number' as const,
  }))
  const span = (name: string, fn: 'min' | 'max') => ({
    name,
    fn,
    of: column(TIME, 'number'),
    type: 'number' as const,
  })
  const times = [span('_start_time', 'min'), span('_end_time', 'max')]
  if (stage.result === 'transactions') return flowOf(group(some.rows, by, [...times, ...counts]), false)
  const states = [...by, { name: '_state', value: column(STATE, 'text') }]
  const count = { name: '_count', fn: 'count_rows', type: 'number' } as const
  return flowOf(group(some.rows, states, [count, ...times]), false)
}

/** The first state whose pattern a message fits, or that its field says. */
function stateOf({ states, stateField }: Stage<'transaction'>, flow: Flow, context: Context): Scalar {
  const source = stateField ?? { name: '_raw', at: undefined }
  const of = textOf(fieldValue(flow, context, source.name, source.at))
  const when = states.map(state => {
    const pattern = glob(writtenText(state.pattern.raw))
    const fits: Scalar = known({ kind: 'like', of, pattern, caseless: false, type: 'boolean' })
    return { if: fits, then: text(nameOf(state)) }
  })
  return { kind: 'choose', when, otherwise: nothing('text'), type: 'text' }
}

function nameOf({ pattern, as }: State): string {
  return as?.name ?? pattern.raw
}

/** How often one state follows another, and after how many ms on average. */
function flows(flow: Flow, by: readonly { readonly name: string; readonly value: Scalar }[]): Flow {
  const partitionBy = by.map(({ value }) => value)
  const orderBy = [{ value: column(TIME, 'number'), descending: false }]
  const lag = (name: string, of: Scalar) => ({
    name,
    fn: 'lag' as const,
    of,
    by: 1,
    partitionBy,
    orderBy,
    type: of.type,
  })
  const followed = window(flow.rows, [lag(FROM, column(STATE, 'text')), lag(SINCE, column(TIME, 'number'))])
  const steps = filter(followed, not(isNull(column(FROM, 'text'))))
  const latency = call('subtract', column(TIME, 'number'), column(SINCE, 'number'))
  const ends = [
    { name: 'fromstate', value: column(FROM, 'text') },
    { name: 'tostate', value: column(STATE, 'text') },
  ]
  return flowOf(
    group(steps, ends, [
      { name: '_count', fn: 'count_rows', type: 'number' },
      { name: 'latency', fn: 'average', of: latency, type: 'number' },
    ]),
    false,
  )
}
