import type { Cell } from '../../../plan/relation.ts'
import { fieldsOf, type Open, OpenTransactions } from './open-transactions.ts'

/** An event as `transaction` sees it. */
export interface Member {
  readonly place: number
  /** In seconds; not a number if it has no time. */
  readonly time: number
  readonly starts: boolean
  readonly ends: boolean
  /** Of the fields that are named; null where it has none. */
  readonly values: readonly Cell[]
}

/** What a transaction must be like; a number without a bound is infinite. */
export interface Rules {
  /** In seconds. */
  readonly span: number
  readonly pause: number
  readonly events: number
  readonly mustStart: boolean
  readonly mustEnd: boolean
  /** An event that shares no field with a transaction does not join it. */
  readonly connected: boolean
  /** Nor does one with which a transaction begins or ends. */
  readonly unifyEnds: boolean
  readonly openTransactions: number
  readonly openEvents: number
}

export interface Formed {
  readonly places: readonly number[]
  readonly closed: boolean
  readonly evicted: boolean
}

/** Why a transaction takes no more events. */
type Reason = 'bound' | 'memory' | 'last event'

/**
 * Goes through events from the newest to the oldest. An event joins the open transaction that was used last of those with
 * which it shares a value and whose values differ in no field; if there is none it begins one. Events that have none of
 * the fields are in no transaction.
 */
export function formed(events: readonly Member[], rules: Rules): readonly Formed[] {
  const made: Formed[] = []
  const pool = new OpenTransactions(events.map(({ values }) => fieldsOf(values)))
  const close = (open: Open, why: Reason): void => {
    pool.close(open)
    made.push(verdict(open, why, rules))
  }
  for (const event of events) {
    if (isOrphan(event, rules)) continue
    let open = candidate(event, pool, rules)
    while (open !== undefined && (event.ends || tooFar(open, event, rules))) {
      close(open, 'bound')
      open = candidate(event, pool, rules)
    }
    if (open === undefined) open = begun(event)
    else join(open, event)
    pool.use(open)
    if (event.starts || open.places.length >= rules.events) close(open, 'bound')
    while (pool.size > rules.openTransactions || pool.events > rules.openEvents) {
      if (pool.eldest === undefined) break
      close(pool.eldest, 'memory')
    }
  }
  for (const open of pool.all) close(open, 'last event')
  return made
}

function isOrphan(event: Member, rules: Rules): boolean {
  return event.values.length > 0 && fieldsOf(event.values) === 0 && !unforced(event, rules)
}

/** Is it one with which a transaction begins or ends that need not share a field? */
function unforced({ starts, ends }: Member, { unifyEnds }: Rules): boolean {
  return !unifyEnds && (starts || ends)
}

function candidate(event: Member, pool: OpenTransactions, rules: Rules): Open | undefined {
  const { values, ends } = event
  if (values.length === 0) return pool.find(values, false)
  const sharing = pool.find(values, true)
  if (sharing !== undefined || ends) return sharing
  return !rules.connected || unforced(event, rules) ? pool.find(values, false) : undefined
}

function tooFar({ newest, oldest }: Open, { time }: Member, { span, pause }: Rules): boolean {
  return newest - time > span || oldest - time > pause
}

function begun({ place, time, values, starts, ends }: Member): Open {
  return {
    places: [place],
    newest: time,
    oldest: time,
    values: [...values],
    fields: fieldsOf(values),
    started: starts,
    ended: ends,
    use: 0,
  }
}

function join(open: Open, { place, time, values, starts }: Member): void {
  open.places.push(place)
  open.oldest = time
  open.started = starts
  for (const [at, value] of values.entries()) if (value !== null) open.values[at] = value
  open.fields |= fieldsOf(values)
}

function verdict({ places, started, ended }: Open, why: Reason, { mustStart, mustEnd }: Rules): Formed {
  if (why === 'memory') return { places, closed: false, evicted: true }
  if (!mustStart && !mustEnd) return { places, closed: why === 'bound', evicted: false }
  const closed = (started || !mustStart) && (ended || !mustEnd)
  return { places, closed, evicted: !closed }
}
