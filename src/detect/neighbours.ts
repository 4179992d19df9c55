import { actionText } from '../core/action-text.ts'
import type { NormalEvent } from '../core/event.ts'
import { isoTime } from '../core/time.ts'
import { ENTITY_KINDS, type EntityKind } from '../findings/finding.ts'
import type { NeighbourKind, Neighbours } from '../findings/timeline.ts'
import { byTime, type Moment } from './timeline-events.ts'

/** Values of one kind that are told apart. */
const MOST = 50_000
const SHOWN = 10

const KINDS: readonly NeighbourKind[] = [...ENTITY_KINDS, 'action', 'error']

interface Met {
  events: number
  /** The first event that has the value. */
  first: Moment
  /** ms */
  earliest: number
  latest: number
}

/** What occurs with an entity: values of each kind, how often and when. To be given each event once, in any fixed order. */
export class NeighbourCounts {
  private readonly entity: string
  private readonly met = new Map(KINDS.map(kind => [kind, new Map<string, Met>()]))
  private readonly beyond = new Map<NeighbourKind, number>()

  constructor(entity: string) {
    this.entity = entity.toLowerCase()
  }

  add(event: NormalEvent, moment: Moment): void {
    const entities = entitiesOf(event)
    for (const kind of ENTITY_KINDS)
      for (const value of entities[kind] ?? [])
        if (value.toLowerCase() !== this.entity) this.meet(kind, value, moment)
    this.meet('action', actionText(event), moment)
    if (event.error !== undefined) this.meet('error', event.error, moment)
  }

  /** Is this the first event that has the value, of those that were added? */
  isFirst(kind: EntityKind, value: string, moment: Moment): boolean {
    const first = this.met.get(kind)?.get(value)?.first
    return first !== undefined && byTime(first, moment) === 0
  }

  report(): { readonly [kind in NeighbourKind]?: Neighbours } {
    const found: { [kind in NeighbourKind]?: Neighbours } = {}
    for (const [kind, met] of this.met) if (met.size > 0) found[kind] = this.ranked(kind, met)
    return found
  }

  private meet(kind: NeighbourKind, value: string, { event, file, record }: Moment): void {
    const met = this.met.get(kind)
    if (met === undefined || value === '') return
    const { time } = event
    const moment = { event: time === undefined ? {} : { time }, file, record }
    const known = met.get(value)
    if (known === undefined) {
      if (met.size < MOST) met.set(value, { events: 1, first: moment, ...span(time) })
      else this.beyond.set(kind, (this.beyond.get(kind) ?? 0) + 1)
      return
    }
    known.events++
    if (byTime(moment, known.first) < 0) known.first = moment
    const { earliest, latest } = span(time)
    known.earliest = Math.min(known.earliest, earliest)
    known.latest = Math.max(known.latest, latest)
  }

  private ranked(kind: NeighbourKind, met: ReadonlyMap<string, Met>): Neighbours {
    const beyond = this.beyond.get(kind)
    const values = [...met]
      .sort(([a, one], [b, other]) => other.events - one.events || (a < b ? -1 : 1))
      .slice(0, SHOWN)
      .map(([value, { events, earliest, latest }]) => ({
        value,
        events,
        first_time: timeText(earliest),
        last_time: timeText(latest),
      }))
    return { values, distinct: met.size, ...(beyond === undefined ? {} : { not_told_apart: beyond }) }
  }
}

/** The values of each kind that an event has. */
export function entitiesOf(event: NormalEvent): { readonly [kind in EntityKind]?: readonly string[] } {
  const { actor } = event
  const one = (kind: EntityKind, value: string | undefined): { readonly [kind in EntityKind]?: string[] } =>
    value === undefined || value === '' ? {} : { [kind]: [value] }
  return {
    ...one('actor', actor.principal),
    ...one('role', actor.role),
    ...one('session', actor.session),
    ...one('key', actor.key),
    ...one('address', event.address),
    ...one('account', event.account),
    ...one('region', event.region),
    ...(event.resources.length === 0 ? {} : { resource: event.resources }),
    ...one('user_agent', event.userAgent),
  }
}

function span(time: number | undefined): Pick<Met, 'earliest' | 'latest'> {
  return { earliest: time ?? Number.POSITIVE_INFINITY, latest: time ?? Number.NEGATIVE_INFINITY }
}

/** Empty for a time that there never was. */
function timeText(time: number): string {
  return Number.isFinite(time) ? isoTime(time) : ''
}
