import { actionText } from '../core/action-text.ts'
import type { EventOutcome, NormalEvent } from '../core/event.ts'
import { ENTITY_KINDS, type EntityKind } from './finding.ts'
import type { FieldValue, Hit } from './hit.ts'
import { shortened, type Texts } from './texts.ts'
import { type PackedCounts, ValueCounts } from './value-counts.ts'

/** Fields of one finding whose values are kept: the smallest names. */
const MOST_FIELDS = 100

/** Contents as plain data, which JSON carries. */
export interface PackedContents {
  readonly outcomes: { readonly [outcome in EventOutcome]: number }
  readonly actions: PackedCounts
  readonly errors: PackedCounts
  readonly entities: { readonly [kind in EntityKind]?: PackedCounts }
  readonly matched: readonly PackedField[]
  readonly shown: readonly PackedField[]
}

/** A list, for a field may be called `__proto__`. */
type PackedField = readonly [name: string, counts: PackedCounts]

/** What the hits of one finding say: outcomes, and counts of values. No order of arrival changes it. */
export class Contents {
  readonly outcomes: { [outcome in EventOutcome]: number } = { succeeded: 0, denied: 0, unknown: 0 }
  readonly entities = noEntities()
  readonly actions = new ValueCounts()
  readonly errors = new ValueCounts()
  readonly matched = new Map<string, ValueCounts>()
  readonly shown = new Map<string, ValueCounts>()
  private readonly texts: Texts

  constructor(texts: Texts) {
    this.texts = texts
  }

  add({ event, matched, shown }: Hit): void {
    this.outcomes[event.outcome] += 1
    const action = actionText(event)
    if (action !== '') this.actions.add(shortened(action), 1, this.texts)
    if (event.error !== undefined) this.errors.add(shortened(event.error), 1, this.texts)
    this.addEntities(event)
    for (const found of matched) this.addField(this.matched, found)
    for (const found of shown) this.addField(this.shown, found)
  }

  pack(): PackedContents {
    const { outcomes, actions, errors, entities, matched, shown } = this
    return {
      outcomes,
      actions: actions.pack(),
      errors: errors.pack(),
      entities: Object.fromEntries(
        ENTITY_KINDS.flatMap(kind => {
          const counts = entities[kind]
          return counts === undefined ? [] : [[kind, counts.pack()]]
        }),
      ),
      matched: [...matched].map(packField),
      shown: [...shown].map(packField),
    }
  }

  /** Counts all that others have counted. */
  absorb({ outcomes, actions, errors, entities, matched, shown }: PackedContents): void {
    this.outcomes.succeeded += outcomes.succeeded
    this.outcomes.denied += outcomes.denied
    this.outcomes.unknown += outcomes.unknown
    this.actions.absorb(actions, this.texts)
    this.errors.absorb(errors, this.texts)
    for (const kind of ENTITY_KINDS) {
      const counts = entities[kind]
      if (counts !== undefined) this.entity(kind).absorb(counts, this.texts)
    }
    for (const [field, counts] of matched) this.field(this.matched, field)?.absorb(counts, this.texts)
    for (const [field, counts] of shown) this.field(this.shown, field)?.absorb(counts, this.texts)
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
    if (value !== undefined && value !== '') this.entity(kind).add(shortened(value), 1, this.texts)
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
    this.field(fields, shortened(found.field))?.add(shortened(found.value), 1, this.texts)
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
    fields.set(this.texts.keep(name), counts)
    return counts
  }
}

function packField([name, counts]: readonly [string, ValueCounts]): PackedField {
  return [name, counts.pack()]
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
