import type { EventOutcome } from '../core/event.ts'
import type { FieldValue } from '../core/hit.ts'
import type { Level } from '../core/level.ts'
import type { EntityKind } from './finding.ts'

/** What an entity did in an event: it was who acted or with what, or what was acted upon, or it is only named. */
export type Part = 'actor' | 'target' | 'mentioned'

/** A rule that matched an event, or that remembers and whose detection the event is a part of. */
export interface Mark {
  readonly rule_id: string
  readonly title: string
  readonly level: Level
}

/** One event that names the entity. This shape is what `-t json` and `-t jsonl` print. */
export interface TimelineEntry {
  /** UTC, ISO 8601 with `Z`; empty if the event carries no time that can be read. */
  readonly time: string
  readonly event_id: string
  /** Service and action. */
  readonly action: string
  readonly outcome: EventOutcome
  readonly error?: string
  readonly part: Part
  /** Fields of the event that name the entity, at most ten. */
  readonly named: readonly FieldValue[]
  /** The values of each kind in this event. */
  readonly entities: { readonly [kind in EntityKind]?: readonly string[] }
  /** Values that no earlier event of the timeline has. */
  readonly new: { readonly [kind in EntityKind]?: readonly string[] }
  readonly marks: readonly Mark[]
  readonly file: string
  readonly record: number
  readonly sha256: string
}

/** A value that occurs with the entity. */
export interface Neighbour {
  readonly value: string
  readonly events: number
  readonly first_time: string
  readonly last_time: string
}

export interface Neighbours {
  /** The most frequent, at most ten. */
  readonly values: readonly Neighbour[]
  /** Different values, at most 50,000. */
  readonly distinct: number
  /** Events whose value was one too many to be told apart. */
  readonly not_told_apart?: number
}

/** What the kinds of neighbours are: those of findings, actions and errors. */
export type NeighbourKind = EntityKind | 'action' | 'error'

/** What all events that name an entity come to. */
export interface TimelineHead {
  readonly entity: string
  /** Distinct events that were looked at. */
  readonly looked_at: number
  readonly events: number
  /** UTC, ISO 8601 with `Z`; empty if no event has a time. */
  readonly first_time: string
  readonly last_time: string
  readonly parts: { readonly [part in Part]: number }
  readonly outcomes: { readonly [outcome in EventOutcome]: number }
  /** Rules that matched, the most serious first, and the number of events of each. */
  readonly marks: readonly (Mark & { readonly events: number })[]
  readonly neighbours: { readonly [kind in NeighbourKind]?: Neighbours }
}
