import type { BriefEvent, NormalEvent } from '../core/event.ts'
import type { Json, JsonObject } from '../core/json.ts'
import type { LogSource } from '../core/log-source.ts'
import type { Expr } from '../plan/expr.ts'
import type { Aliases } from './aliases/alias.ts'
import type { SourceMap } from './map/source-map.ts'

/** A kind of log: how to know it, and how to read it. One file each, listed in `sources.ts`. */
export interface Source {
  /** Short and stable: `cloudtrail`. */
  readonly id: string
  /** As people call it: `AWS CloudTrail`. */
  readonly title: string
  /** What other products call these logs; the events of a source may differ, see `tagsOf`. */
  readonly tags: Tags
  /** What they call this one event, where a source holds several logs. It is a part of `tags`. */
  tagsOf?(record: JsonObject): Tags
  /**
   * Where most of its fields stand, such as `properties.`; other collectors leave it out. A name that an event does not
   * have is looked for there.
   */
  readonly inside?: string
  /** Names of other products for its fields, where `aliases/` has none for it. */
  readonly aliases?: Aliases
  /** The mapping that it was made of. */
  readonly map?: SourceMap
  /** Is a rule with this log source about these events? */
  answers(logsource: LogSource): boolean
  /** Which of these events such a rule is about; absent or `undefined` if it is about all. */
  about?(logsource: LogSource): Expr | undefined
  /** What is asked below looks at members of a record by name and never at which there are; it changes none. */
  readonly byName?: true
  /** Is this one event of this source, free of any envelope? */
  recognises(record: JsonObject): boolean
  /** The event under this source's own names, of a record that may come in several forms; absent if it comes in one. */
  flat?(record: JsonObject): JsonObject
  /** The event's own id, by which copies are known. */
  eventId(record: JsonObject): string | undefined
  /** The event's time as written. */
  eventTime(record: JsonObject): string | undefined
  /** Everything that findings and timelines say of an event. */
  normalise(record: JsonObject): NormalEvent
  /** A part of that, where it is had for less. */
  brief?(record: JsonObject): BriefEvent
}

/** Names under which searches look for logs; the first of each is the most telling. */
export interface Tags {
  /** Splunk's `sourcetype`. */
  readonly sourcetypes: readonly string[]
  /** Sumo Logic's `_sourceCategory`, as it is commonly given. */
  readonly sourceCategories: readonly string[]
  /** Values of Splunk's `source` under which searches look for the log, whatever its file. */
  readonly sources?: readonly string[]
  /** `sourcetype` and `source` are also each of these texts with the value of a field behind it. */
  readonly named?: { readonly before: readonly string[]; readonly field: string }
}

/** What an item of a file turned out to be. */
export type Unwrapped =
  | {
      readonly kind: 'event'
      readonly source: Source
      readonly record: JsonObject
      /** The event's own text, where it stood as a text inside something else. */
      readonly text?: string
      /** What the record was made of, where it is not the record as it stands in the file. */
      readonly from?: Json
      /** The object in whose `_raw` the event stood. */
      readonly around?: JsonObject
    }
  /** Recognised, and no event: a digest, an insight, a control message. */
  | { readonly kind: 'apart'; readonly what: string }
  /** It is packed, and could not be unpacked. */
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly value: Json }
