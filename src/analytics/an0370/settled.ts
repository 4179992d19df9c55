import type { Finding } from '../../findings/finding.ts'
import type { Session } from './session.ts'

/** Identities, and sessions of one of them, that are remembered. */
const MOST_IDENTITIES = 20_000
const MOST_SESSIONS = 1000
/** Rows of searches carry the time of a step that holds the events. */
const SLACK = 3_600_000

interface Span {
  readonly from: number
  readonly to: number
  /** Why all of it is harmless; absent if something of it is not. */
  readonly reason?: string
}

/** What became of the sessions of each identity: rows that were computed of many events name no event of theirs. */
export class Settled {
  private readonly spans = new Map<string, Span[]>()

  /** @param reason why every move of the session is harmless, if so */
  add({ from, latest }: Session, reason: string | undefined): void {
    const { time, hit } = latest.event
    const { arn, principal } = hit.event.actor
    const span = { from, to: time, ...(reason === undefined ? {} : { reason }) }
    for (const name of new Set([arn, principal])) if (name !== undefined) this.put(name, span)
  }

  /** Why all that the actors of a finding moved around its time is harmless; `undefined` if some is not, or they moved nothing. */
  reason({ entities, first_time, last_time }: Finding): string | undefined {
    const actors = entities.actor ?? []
    const from = Date.parse(first_time) - SLACK
    const to = Date.parse(last_time) + SLACK
    const reasons: string[] = []
    for (const actor of actors) {
      const found = this.spans.get(actor)?.filter(span => span.to >= from && span.from <= to) ?? []
      const [first] = found
      if (first?.reason === undefined || found.some(({ reason }) => reason === undefined)) return undefined
      reasons.push(first.reason)
    }
    return reasons[0]
  }

  private put(name: string, span: Span): void {
    const list = this.spans.get(name)
    if (list === undefined) {
      if (this.spans.size < MOST_IDENTITIES) this.spans.set(name, [span])
      return
    }
    // Of an identity with too many nothing is said.
    if (list.length < MOST_SESSIONS) list.push(span)
    else list[0] = { from: 0, to: Number.POSITIVE_INFINITY }
  }
}
