import { actionText } from '../core/action-text.ts'
import type { EventOutcome, NormalEvent } from '../core/event.ts'
import type { EvidenceStore } from './evidence-store.ts'
import { ENTITY_KINDS, type EntityKind } from './finding.ts'
import type { FieldValue, Hit } from './hit.ts'
import { shortened, type Texts } from './texts.ts'
import { ValueCounts } from './value-counts.ts'

/** Evidence of one finding: the earliest by time, file, record. */
const MOST_EVIDENCE = 10_000
/** Fields of one finding whose values are kept: the smallest names. */
const MOST_FIELDS = 100

/** What all clusters of one hunt share. */
export interface Shared {
  readonly texts: Texts
  readonly evidence: EvidenceStore
}

/** What is known of a finding while hits still come: its times, counts of values, and rows of evidence. */
export class Cluster {
  first: number
  last: number
  count = 0
  readonly outcomes: { [outcome in EventOutcome]: number } = { succeeded: 0, denied: 0, unknown: 0 }
  readonly entities = noEntities()
  readonly actions = new ValueCounts()
  readonly errors = new ValueCounts()
  readonly matched = new Map<string, ValueCounts>()
  readonly shown = new Map<string, ValueCounts>()
  private rows: number[] = []
  /** A row that 9,999 others precede: nothing after it is among the earliest. */
  private bound: number | undefined
  private readonly shared: Shared

  constructor(time: number, shared: Shared) {
    this.first = time
    this.last = time
    this.shared = shared
  }

  add(hit: Hit, time: number): void {
    const { event } = hit
    const { texts } = this.shared
    if (time < this.first) this.first = time
    if (time > this.last) this.last = time
    this.count += 1
    this.outcomes[event.outcome] += 1
    const action = actionText(event)
    if (action !== '') this.actions.add(shortened(action), 1, texts)
    if (event.error !== undefined) this.errors.add(shortened(event.error), 1, texts)
    this.addEntities(event)
    for (const found of hit.matched) this.addField(this.matched, found)
    for (const found of hit.shown) this.addField(this.shown, found)
    this.addEvidence(hit, time)
  }

  /** Takes over all that another cluster holds; the other must not be used again. */
  absorb(other: Cluster): void {
    const { texts } = this.shared
    this.first = Math.min(this.first, other.first)
    this.last = Math.max(this.last, other.last)
    this.count += other.count
    this.outcomes.succeeded += other.outcomes.succeeded
    this.outcomes.denied += other.outcomes.denied
    this.outcomes.unknown += other.outcomes.unknown
    this.actions.absorb(other.actions, texts)
    this.errors.absorb(other.errors, texts)
    for (const kind of ENTITY_KINDS) {
      const counts = other.entities[kind]
      if (counts !== undefined) this.entity(kind).absorb(counts, texts)
    }
    for (const [field, counts] of other.matched) this.field(this.matched, field)?.absorb(counts, texts)
    for (const [field, counts] of other.shown) this.field(this.shown, field)?.absorb(counts, texts)
    this.absorbEvidence(other)
  }

  /** Gives up its evidence; it must not be used again. */
  release(): void {
    for (const row of this.rows) this.shared.evidence.release(row)
    this.rows = []
  }

  /** The rows of the earliest evidence, in order. */
  evidenceRows(): readonly number[] {
    this.cutEvidence()
    return this.rows
  }

  private addEntities(event: NormalEvent): void {
    const { actor } = event
    this.addEntity('actor', actor.principal)
    this.addEntity('role', actor.role)
    this.addEntity('session', actor.session)
    this.addEntity('key', actor.key)
    this.addEntity('address', event.address)
    this.addEntity('account', event.account)
    this.addEntity('region', event.region)
    for (const resource of event.resources) this.addEntity('resource', resource)
    this.addEntity('user_agent', event.userAgent)
  }

  private addEntity(kind: EntityKind, value: string | undefined): void {
    if (value !== undefined && value !== '') this.entity(kind).add(shortened(value), 1, this.shared.texts)
  }

  private entity(kind: EntityKind): ValueCounts {
    let counts = this.entities[kind]
    if (counts === undefined) {
      counts = new ValueCounts()
      this.entities[kind] = counts
    }
    return counts
  }

  private addField(fields: Map<string, ValueCounts>, found: FieldValue): void {
    this.field(fields, shortened(found.field))?.add(shortened(found.value), 1, this.shared.texts)
  }

  private field(fields: Map<string, ValueCounts>, name: string): ValueCounts | undefined {
    const known = fields.get(name)
    if (known !== undefined) return known
    if (fields.size >= MOST_FIELDS) {
      const largest = [...fields.keys()].reduce((a, b) => (a > b ? a : b))
      if (name > largest) return undefined
      fields.delete(largest)
    }
    const counts = new ValueCounts()
    fields.set(this.shared.texts.keep(name), counts)
    return counts
  }

  private addEvidence(hit: Hit, time: number): void {
    const { evidence } = this.shared
    if (this.bound !== undefined && evidence.isAfter(hit.evidence, time, this.bound)) return
    this.rows.push(evidence.put(hit.evidence, time))
    if (this.rows.length >= 2 * MOST_EVIDENCE) this.cutEvidence()
  }

  private absorbEvidence(other: Cluster): void {
    const { evidence } = this.shared
    this.rows = this.rows.concat(other.rows)
    const bounds = [this.bound, other.bound].filter(row => row !== undefined)
    this.bound = bounds.sort((a, b) => evidence.compareRows(a, b))[0]
    if (this.rows.length >= 2 * MOST_EVIDENCE) this.cutEvidence()
  }

  private cutEvidence(): void {
    const { evidence } = this.shared
    this.rows.sort((a, b) => evidence.compareRows(a, b))
    for (const row of this.rows.slice(MOST_EVIDENCE)) evidence.release(row)
    this.rows = this.rows.slice(0, MOST_EVIDENCE)
    if (this.rows.length === MOST_EVIDENCE) this.bound = this.rows.at(-1)
  }
}

function noEntities(): { [kind in EntityKind]: ValueCounts | undefined } {
  return {
    actor: undefined,
    role: undefined,
    session: undefined,
    key: undefined,
    address: undefined,
    account: undefined,
    region: undefined,
    resource: undefined,
    user_agent: undefined,
  }
}
