import type { JsonObject } from '../core/json.ts'
import { textOf } from '../core/text.ts'
import { parseTime } from '../core/time.ts'
import { field } from '../plan/expr.ts'
import { valuesOf } from '../scan/read.ts'
import type { Source } from '../sources/source.ts'

/** The different texts that a field of an event has; lists are none. */
export function textsOf(event: JsonObject, name: string): readonly string[] {
  const texts = valuesOf(event, field(name)).flatMap(value =>
    Array.isArray(value) ? [] : (textOf(value) ?? []),
  )
  return [...new Set(texts)]
}

/** When an event happened, UTC ms: as its log says it, else as CloudTrail would. */
export function timeOf(event: JsonObject, source: Source | undefined): number | undefined {
  if (source !== undefined) return source.normalise(event).time
  const { eventTime } = event
  return typeof eventTime === 'string' ? parseTime(eventTime) : undefined
}
