import { actionText } from '../core/action-text.ts'
import type { EventOutcome, NormalEvent } from '../core/event.ts'
import { LEVELS } from '../core/level.ts'
import { isoTime } from '../core/time.ts'
import { ENTITY_KINDS, type EntityKind } from '../findings/finding.ts'
import type { Mark, Part, TimelineEntry, TimelineHead } from '../findings/timeline.ts'
import type { DetectionRule } from '../plan/rule.ts'
import { type Names, names } from '../scan/mentions.ts'
import type { CorrelatedEvents } from './correlated-events.ts'
import { entitiesOf, NeighbourCounts } from './neighbours.ts'
import type { NamingEvent } from './timeline-events.ts'

/** Looks at all events once, in any order, and can then say of each what is new in it. */
export class Survey {
  private readonly entity: string
  private readonly marks: readonly Mark[]
  private readonly named: Names
  private readonly correlated: CorrelatedEvents | undefined
  /** Number of the first mark of a rule that remembers. */
  private readonly first: number
  private readonly neighbours: NeighbourCounts
  private readonly counts: number[]
  /** Event id -> the rules that match any of its copies, where these differ. */
  private readonly conflicts = new Map<string, Set<number>>()
  private events = 0
  private earliest = Number.POSITIVE_INFINITY
  private latest = Number.NEGATIVE_INFINITY
  private readonly parts = { actor: 0, target: 0, mentioned: 0 }
  private readonly outcomes: { [outcome in EventOutcome]: number } = { succeeded: 0, denied: 0, unknown: 0 }

  constructor(entity: string, rules: readonly DetectionRule[], correlated?: CorrelatedEvents) {
    this.entity = entity
    this.correlated = correlated
    this.first = rules.length
    const all = [...rules, ...(correlated?.rules ?? [])]
    this.marks = all.map(({ meta }) => ({ rule_id: meta.id, title: meta.title, level: meta.level }))
    this.named = names(entity)
    this.neighbours = new NeighbourCounts(entity)
    this.counts = all.map(() => 0)
  }

  add(one: NamingEvent): void {
    if (!this.isNew(one)) return
    const { event } = one
    this.events++
    this.parts[partOf(event, this.named)]++
    this.outcomes[event.outcome]++
    this.earliest = Math.min(this.earliest, event.time ?? this.earliest)
    this.latest = Math.max(this.latest, event.time ?? this.latest)
    this.neighbours.add(event, one)
  }

  /** Distinct events by rule, those that remember last. */
  hits(): readonly number[] {
    return this.counts
  }

  head(lookedAt: number): TimelineHead {
    const { entity, events, parts, outcomes } = this
    return {
      entity,
      looked_at: lookedAt,
      events,
      first_time: Number.isFinite(this.earliest) ? isoTime(this.earliest) : '',
      last_time: Number.isFinite(this.latest) ? isoTime(this.latest) : '',
      parts,
      outcomes,
      marks: this.marks
        .map((mark, rule) => ({ ...mark, events: this.counts[rule] ?? 0 }))
        .filter(mark => mark.events > 0)
        .sort(bySeverity),
      neighbours: this.neighbours.report(),
    }
  }

  entry(one: NamingEvent): TimelineEntry {
    const { event, evidence, named } = one
    const { event_id, file, record, sha256 } = evidence
    const rules = one.conflicting ? [...(this.conflicts.get(event_id) ?? [])] : this.rulesOf(one)
    return {
      time: event.time === undefined ? '' : isoTime(event.time),
      event_id,
      action: actionText(event),
      outcome: event.outcome,
      ...(event.error === undefined ? {} : { error: event.error }),
      part: partOf(event, this.named),
      named,
      entities: entitiesOf(event),
      new: this.newIn(one),
      marks: rules.flatMap(rule => this.marks[rule] ?? []).sort(bySeverity),
      file,
      record,
      sha256,
    }
  }

  /** Counts the rules of an event; false for a further copy of one that has been there. */
  private isNew(one: NamingEvent): boolean {
    const { evidence, conflicting } = one
    const before = conflicting ? this.conflicts.get(evidence.event_id) : undefined
    const matched = before ?? new Set()
    for (const rule of this.rulesOf(one)) {
      if (!matched.has(rule)) this.counts[rule] = (this.counts[rule] ?? 0) + 1
      matched.add(rule)
    }
    if (conflicting) this.conflicts.set(evidence.event_id, matched)
    return before === undefined
  }

  /** Numbers of the rules that match an event, and of those of whose detections it is a part. */
  private rulesOf({ rules, evidence }: NamingEvent): readonly number[] {
    const more = this.correlated?.of(evidence) ?? []
    return more.length === 0 ? rules : [...rules, ...more.map(number => this.first + number)]
  }

  private newIn(one: NamingEvent): TimelineEntry['new'] {
    const entities = entitiesOf(one.event)
    const found: { [kind in EntityKind]?: readonly string[] } = {}
    for (const kind of ENTITY_KINDS) {
      const fresh = (entities[kind] ?? []).filter(value => this.neighbours.isFirst(kind, value, one))
      if (fresh.length > 0) found[kind] = fresh
    }
    return found
  }
}

/** What the entity did in an event. Of an account, that is the actor's before the one that was called. */
function partOf({ actor, address, userAgent, account, resources }: NormalEvent, named: Names): Part {
  const { principal, arn, name, account: home, role, session, key, invokedBy } = actor
  const has = (value: string | undefined): boolean => value !== undefined && named(value)
  if ([principal, arn, name, home, role, session, key, invokedBy, address, userAgent].some(has))
    return 'actor'
  return [...resources, account].some(has) ? 'target' : 'mentioned'
}

function bySeverity(a: Mark, b: Mark): number {
  const levels = LEVELS.indexOf(b.level) - LEVELS.indexOf(a.level)
  if (levels !== 0 || a.title === b.title) return levels
  return a.title < b.title ? -1 : 1
}
