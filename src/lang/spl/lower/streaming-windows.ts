import type { Span } from '../../../core/diagnostic.ts'
import { type Pipeline, window } from '../../../plan/pipeline.ts'
import type { Frame, SortKey, WindowColumn } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { as, call, column, number } from '../../../plan/scalars.ts'
import { isOn, numberOf, optionOf } from '../options.ts'
import type { Stages } from '../syntax/tree.ts'
import { freshName, maybe, refuse } from './context.ts'
import { spanSeconds } from './relative-time.ts'

/** Which of the rows so far count for a row. */
export interface Sliding {
  /** Rows count together that agree in these. */
  readonly keys: readonly Scalar[]
  /** So many rows at most; 0 is all. */
  readonly size: number
  /** Seconds that they may be apart at most. */
  readonly seconds: number | undefined
  /** The row itself counts. */
  readonly current: boolean
  /** `size` counts the rows of all groups, not only of the own. */
  readonly global: boolean
  readonly at: Span
}

export function slidingOf({ options, at, by }: Stages['streamstats'], keys: readonly Scalar[]): Sliding {
  const span = optionOf(options, 'time_window')
  const seconds = span === undefined ? undefined : spanSeconds(span)
  if (span !== undefined && seconds === undefined)
    return refuse('spl/span', `"${span}" is no span`, at, 'it is written like 30s, 5m or 2h')
  const size = numberOf(options, 'window', 0)
  const global = size > 0 && seconds === undefined && by.length > 0 && isOn(options, 'global', true)
  return { at, keys, size, seconds, current: isOn(options, 'current', true), global }
}

interface Framed {
  readonly rows: Pipeline
  readonly frame: Frame
  readonly orderBy: readonly SortKey[]
}

/** The frame within the groups; for a span of time the rows learn how far theirs reaches back. */
export function framed(rows: Pipeline, sliding: Sliding): Framed {
  const { size, current, seconds } = sliding
  const to = current ? 0 : -1
  if (seconds !== undefined) return framedByTime(rows, sliding, seconds)
  if (sliding.global) return framedByPlace(rows, size, to)
  return { rows, frame: { from: size > 0 ? to - size + 1 : 'start', to }, orderBy: rows.order }
}

/** The last rows of all groups: within a group, those whose place among all is not too far back. */
function framedByPlace(rows: Pipeline, size: number, to: number): Framed {
  const name = freshName(rows, 'nth')
  const placed = window(rows, [
    { name, fn: 'row_number', partitionBy: [], orderBy: rows.order, type: 'number' },
  ])
  const orderBy = [{ value: column(name, 'number'), descending: false }]
  return { rows: placed, frame: { from: to - size + 1, to, by: 'value' }, orderBy }
}

function framedByTime(rows: Pipeline, { at, keys, size, current }: Sliding, seconds: number): Framed {
  checkOrder(rows, at)
  const [nth, first] = [freshName(rows, 'nth'), freshName(rows, 'from')]
  const place = column(nth, 'number')
  const placed = window(rows, [
    { name: nth, fn: 'row_number', partitionBy: keys, orderBy: rows.order, type: 'number' },
  ])
  const reach: WindowColumn = {
    name: first,
    fn: 'aggregate',
    aggregate: { fn: 'min', of: place, type: 'number' },
    // On both sides, since times may go either way.
    frame: { from: -seconds, to: seconds, by: 'value' },
    partitionBy: keys,
    orderBy: [{ value: as('number', maybe(rows, '_time')), descending: false }],
    type: 'number',
  }
  const found = window(placed, [reach])
  const back = call('subtract', place, column(first, 'number'))
  const most = number(size - (current ? 1 : 0))
  const from = size > 0 ? call('least', back, most) : back
  return { rows: found, frame: { from, to: current ? 0 : -1 }, orderBy: rows.order }
}

/** Refused if the rows are in another order than that of time, or that in which they came. */
function checkOrder({ order }: Pipeline, at: Span): void {
  const named = order.slice(0, 2).map(({ value }) => (value.kind === 'column' ? value.name : ''))
  const asTheyCame = named.length === 0 || named[0]?.startsWith('$') === true
  if (!(asTheyCame || named.some(name => /^(_time|\$order)/.test(name))))
    refuse('spl/order', 'time_window needs rows in the order of their time', at, 'sort them by _time')
}
