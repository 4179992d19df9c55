import type { Lowering } from '../../../plan/lowering.ts'
import { group } from '../../../plan/pipeline.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { call, number } from '../../../plan/scalars.ts'
import { assign, type Context, type Flow, fieldValue } from '../lower/flow.ts'
import { searchedTime, shiftOf, WEEK } from '../lower/searched-time.ts'
import { stepOf } from '../lower/steps.ts'
import { numberOf } from '../lower/values.ts'
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

const SECOND = 1000
const DAY = 86_400 * SECOND
/** Lengths, in ms, that slices may have if only their number is given; longer ones are whole weeks. */
const LENGTHS = [
  ...[1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 14_400, 21_600, 43_200].map(
    seconds => seconds * SECOND,
  ),
  DAY,
  2 * DAY,
]

function* lower(stage: Stage<'timeslice'>, flow: Flow, context: Context): Lowering<Flow> {
  const { step, buckets = 1, of, as } = stage
  const name = as?.name ?? '_timeslice'
  const time = numberOf(fieldValue(flow, context, of?.name ?? '_messageTime', of?.at))
  if (step !== undefined) return sliced(flow, name, time, stepOf(step, context))
  const [first, last] = (of === undefined ? searchedTime(context) : undefined) ?? (yield* edges(flow, time))
  const length = lengthOf(first, last, buckets)
  return length === undefined
    ? assign(flow, [{ name, value: number(first) }])
    : sliced(flow, name, time, length)
}

/** When the first and the last message came, in ms. */
function* edges(flow: Flow, time: Scalar): Lowering<readonly [number, number]> {
  const edge = (fn: 'min' | 'max') => ({ name: fn, fn, of: time, type: 'number' }) as const
  const { relation } = group(flow.rows, [], [edge('min'), edge('max')])
  const { rows } = yield { relation, limit: 1, why: 'the time of the messages' }
  return [Number(rows[0]?.['min'] ?? 0), Number(rows[0]?.['max'] ?? 0)]
}

/** The start of the slice of that length in ms; slices begin at whole multiples of it, weeks on Mondays. */
function sliced(flow: Flow, name: string, time: Scalar, length: number): Flow {
  const shift = shiftOf(length)
  const from = call('subtract', time, number(shift))
  const start = call('add', call('floor_time', from, number(length)), number(shift))
  return { ...assign(flow, [{ name, value: start }]), slice: { name, step: length } }
}

/** The shortest length with which there are no more slices than wanted; undefined for one of everything. */
function lengthOf(first: number, last: number, most: number): number | undefined {
  if (most <= 1) return undefined
  const found = LENGTHS.find(length => Math.floor(last / length) - Math.floor(first / length) < most)
  return found ?? Math.ceil((last - first) / (most - 1) / WEEK) * WEEK
}
