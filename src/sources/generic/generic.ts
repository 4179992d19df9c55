import type { NormalEvent } from '../../core/event.ts'
import type { Json, JsonObject } from '../../core/json.ts'
import { isObject } from '../../core/json.ts'
import { compactJson } from '../../core/text.ts'
import { parseTime } from '../../core/time.ts'
import { defined } from '../defined.ts'
import { parseJson } from '../json-text.ts'
import type { Source } from '../source.ts'
import { timeTextOf } from './time.ts'

/**
 * What is no known log: its fields as they are, and a text as the message `_raw`. It recognises nothing and no rule is
 * about it, so it is not in the list of `sources`: whoever reads asks for it.
 */
export const generic: Source = {
  id: 'generic',
  title: 'unknown log',
  tags: { sourcetypes: [], sourceCategories: [] },
  answers: () => false,
  recognises: () => false,
  eventId: () => undefined,
  eventTime: timeTextOf,
  normalise,
}

/**
 * The event that any value stands for: an object itself, also as JSON text, and of everything else the text. Where an
 * object has a message of JSON in `_raw`, the message's fields stand beside its own.
 */
export function genericEvent(value: Json): JsonObject {
  if (isObject(value)) {
    const { _raw: message } = value
    const inside = typeof message === 'string' ? objectIn(message) : undefined
    return inside === undefined ? value : { ...inside, ...value }
  }
  if (typeof value !== 'string') return { _raw: compactJson(value) }
  return objectIn(value) ?? { _raw: value }
}

function objectIn(text: string): JsonObject | undefined {
  const inside = text.startsWith('{') ? parseJson(text) : undefined
  return isObject(inside) ? inside : undefined
}

function normalise(record: JsonObject): NormalEvent {
  const time = timeTextOf(record)
  return defined<NormalEvent>({
    id: undefined,
    time: time === undefined ? undefined : parseTime(time),
    timeText: time,
    service: undefined,
    action: undefined,
    outcome: 'unknown',
    error: undefined,
    errorMessage: undefined,
    account: undefined,
    region: undefined,
    actor: {},
    address: undefined,
    userAgent: undefined,
    resources: [],
  })
}
