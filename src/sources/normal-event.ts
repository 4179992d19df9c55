import type { Actor, EventOutcome, NormalEvent } from '../core/event.ts'
import { parseTime } from '../core/time.ts'
import { defined } from './defined.ts'

type Maybe<T> = { readonly [K in keyof T]?: T[K] | undefined }

/** What a source found in a record; what it did not find may be left out or `undefined`. */
export type Facts = Maybe<Omit<NormalEvent, 'time' | 'actor' | 'resources' | 'outcome'>> & {
  readonly outcome: EventOutcome
  readonly actor?: Maybe<Actor>
  readonly resources?: readonly (string | undefined)[]
}

/** The event that the facts make: its time read, each resource once. */
export function normalEvent({ actor = {}, resources = [], ...facts }: Facts): NormalEvent {
  const { timeText } = facts
  return defined<NormalEvent>({
    id: facts.id,
    time: timeText === undefined ? undefined : parseTime(timeText),
    timeText,
    service: facts.service,
    action: facts.action,
    outcome: facts.outcome,
    error: facts.error,
    errorMessage: facts.errorMessage,
    account: facts.account,
    region: facts.region,
    actor: defined<Actor>({ ...actor } as Actor),
    address: facts.address,
    userAgent: facts.userAgent,
    resources: [...new Set(resources.filter(one => one !== undefined))],
  })
}
