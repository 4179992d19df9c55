import type { TimeBounds } from '../../../plan/lowering.ts'
import type { Comparison } from '../../../plan/scalar.ts'
import type { Search } from '../syntax/tree.ts'
import { moment } from './relative-time.ts'

/** A bound on the time of events, and how its value is written for `earliest`. */
export interface TimeBound {
  readonly order: Comparison
  readonly moment: (value: string) => string
}

const ORDERS: ReadonlyMap<string, Comparison> = new Map([
  ['earliest', 'gte'],
  ['latest', 'lt'],
  ['starttime', 'gte'],
  ['endtime', 'lt'],
  ['starttimeu', 'gte'],
  ['endtimeu', 'lt'],
])

const UNITS: Readonly<Record<string, string>> = { minutes: 'm', hours: 'h', days: 'd', months: 'mon' }

/** The bound of that name: `earliest`, `latest`, or one of the older ones such as `starthoursago=24` and `daysago=7`. */
export function timeBoundNamed(name: string): TimeBound | undefined {
  const lower = name.toLowerCase()
  const order = ORDERS.get(lower)
  if (order !== undefined) return { order, moment: value => value }
  const [, side, unit = ''] = /^(start|end)?(minutes|hours|days|months)ago$/.exec(lower) ?? []
  const sign = UNITS[unit]
  if (sign === undefined) return undefined
  return { order: side === 'end' ? 'lt' : 'gte', moment: value => `-${value}${sign}` }
}

/** What the first stage of a search says of the time of its events, as far as its names are among those asked for. */
export function writtenBounds({ stages: [first] }: Search, now: number, names = /(?:)/): TimeBounds {
  if (first?.kind !== 'search' || first.term === undefined) return {}
  const parts = first.term.kind === 'and' ? first.term.of : [first.term]
  const times = parts.flatMap(part => {
    if (part.kind !== 'compare' || part.op !== '=' || !names.test(part.field.name)) return []
    const bound = timeBoundNamed(part.field.name)
    const time = bound === undefined ? undefined : moment(bound.moment(part.value), now)
    return time === undefined || !Number.isFinite(time) ? [] : [{ order: bound?.order, time }]
  })
  const earliest = times.find(({ order }) => order === 'gte')?.time
  const latest = times.find(({ order }) => order === 'lt')?.time
  return { ...(earliest === undefined ? {} : { earliest }), ...(latest === undefined ? {} : { latest }) }
}
