import type { NormalEvent } from '../core/event.ts'
import type { JsonObject } from '../core/json.ts'
import type { LogSource } from '../core/log-source.ts'

/** A kind of log: how to know it, and how to read it. One file each, listed in `sources.ts`. */
export interface Source {
  /** Short and stable: `cloudtrail`. */
  readonly id: string
  /** As people call it: `AWS CloudTrail`. */
  readonly title: string
  /** Is a rule with this log source about these events? */
  answers(logsource: LogSource): boolean
  /** Is this one event of this source, free of any envelope? */
  recognises(record: JsonObject): boolean
  /** The event's own id, by which copies are known. */
  eventId(record: JsonObject): string | undefined
  /** The event's time as written. */
  eventTime(record: JsonObject): string | undefined
  /** Everything that findings and timelines say of an event. */
  normalise(record: JsonObject): NormalEvent
}

/** What an item of a file turned out to be. */
export type Unwrapped =
  | {
      readonly kind: 'event'
      readonly source: Source
      readonly record: JsonObject
      /** The event's own text, where it stood as a text inside something else. */
      readonly text?: string
    }
  /** Recognised, and no event: a digest, an insight, a control message. */
  | { readonly kind: 'apart'; readonly what: string }
  /** It is packed, and could not be unpacked. */
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'unknown' }
