import { window } from '../../../plan/pipeline.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { call, choose, column, compare, number } from '../../../plan/scalars.ts'
import { assign, type Context, type Flow, fieldValue, withRows } from '../lower/flow.ts'
import { stepOf } from '../lower/steps.ts'
import { numberOf } from '../lower/values.ts'
import { over } from '../lower/window.ts'
import { bare, wholeNumber } from '../pieces.ts'
import { printAlias, printName } from '../print-parts.ts'
import type { Stage } from '../syntax.ts'
import type { Name, Text } from '../syntax-parts.ts'
import type { Operator } from './operator.ts'

/** `timeslice 5m [as f]`, `timeslice 100 buckets`, `timeslice 1h of start_time`: the start of the slice, in ms. */
export const timeslice: Operator<'timeslice'> = {
  names: ['timeslice'],
  parse: (cursor, at) => {
    cursor.word('by')
    let step: { readonly step?: Text } = {}
    let buckets: { readonly buckets?: number } = {}
    let of: { readonly of?: Name } = {}
    if (/^\d+$/.test(cursor.peek().text) && /^buckets?$/i.test(cursor.peekSecond().text)) {
      buckets = { buckets: wholeNumber(cursor) }
      cursor.next()
    } else if (!cursor.atEnd && !cursor.isWord('as')) {
      step = { step: cursor.parenthesised(() => bare(cursor, 'a length of time such as 5m')) }
    }
    if (cursor.word('of', 'on', 'using')) of = { of: cursor.name() }
    return { op: 'timeslice', at, ...step, ...buckets, ...of, ...cursor.alias() }
  },
  print: ({ step, buckets, of, as }) => {
    const length = buckets === undefined ? (step === undefined ? '' : ` ${step.raw}`) : ` ${buckets} buckets`
    return `timeslice${length}${of === undefined ? '' : ` of ${printName(of)}`}${printAlias(as)}`
  },
  lower,
}

const WEEK = 604_800_000
/** 1970-01-05, a Monday, in ms. */
const MONDAY = 4 * 86_400_000
/** A `timeslice` that says nothing is one slice. */
const BUCKETS = 1

function lower({ step, buckets, of, as }: Stage<'timeslice'>, flow: Flow, context: Context): Flow {
  const name = as?.name ?? '_timeslice'
  const time = numberOf(fieldValue(flow, context, of?.name ?? '_messageTime', of?.at))
  if (step === undefined) return byCount(flow, name, time, Math.max(1, buckets ?? BUCKETS))
  const length = stepOf(step, context)
  const shift = length % WEEK === 0 ? MONDAY : 0
  const from = call('subtract', time, number(shift))
  const start = call('add', call('floor_time', from, number(length)), number(shift))
  return { ...assign(flow, [{ name, value: start }]), slice: { name, step: length } }
}

/** So many slices between the first and the last message. */
function byCount(flow: Flow, name: string, time: Scalar, count: number): Flow {
  const edge = (fn: 'min' | 'max') =>
    over(`$${fn}`, { fn, of: time, type: 'number' }, { partitionBy: [], orderBy: [] })
  const edged = withRows(flow, window(flow.rows, [edge('min'), edge('max')]))
  const [first, last] = [column('$min', 'number'), column('$max', 'number')]
  const length = call(
    'ceiling',
    call('divide', call('add', call('subtract', last, first), number(1)), number(count)),
  )
  const place = call('floor', call('divide', call('subtract', time, first), length))
  const start = call('add', first, call('multiply', place, length))
  return assign(edged, [{ name, value: choose(compare('gt', last, first), start, first) }])
}
