import type { Comparison } from '../../../plan/scalar.ts'

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
