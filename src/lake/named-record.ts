import type { Json, JsonObject } from '../core/json.ts'
import type { FieldNode } from './field-node.ts'
import type { PlainEvent } from './plain-event.ts'

const MOST_MEMBERS = 1000
/** Values of a member that are kept; a power of two. */
const MOST_KEPT = 1024
/** After so many questions it is looked whether keeping was any use. */
const TRIALS = 1024

/**
 * The plain event at hand as a record whose members are read when somebody asks for them by name. Whoever asks which there are
 * is told nothing.
 */
export class NamedRecord {
  readonly record: JsonObject = Object.create(null) as JsonObject
  private readonly event: PlainEvent
  private readonly members = new Set<FieldNode>()

  constructor(event: PlainEvent) {
    this.event = event
  }

  /** Learns of members that came to be known since the last time; false if they are too many. */
  learn(known: ReadonlyMap<string, FieldNode>): boolean {
    if (known.size === this.members.size) return true
    if (known.size > MOST_MEMBERS) return false
    for (const [name, node] of known) {
      if (this.members.has(node)) continue
      this.members.add(node)
      const member = new NamedMember(this.event, node)
      Object.defineProperty(this.record, name, { get: () => member.value() })
    }
    return true
  }
}

class NamedMember {
  private readonly event: PlainEvent
  private readonly node: FieldNode
  private last: Json | undefined
  private lastNumber = 0
  /** Values that came before, by what stood there; undefined if they seldom come again. */
  private kept: (KeptValue | undefined)[] | undefined = new Array<KeptValue | undefined>(MOST_KEPT)
  private asked = 0
  private found = 0

  constructor(event: PlainEvent, node: FieldNode) {
    this.event = event
    this.node = node
  }

  value(): Json | undefined {
    const { event, node } = this
    if (node.event !== event.number) return undefined
    if (this.lastNumber !== event.number) {
      this.lastNumber = event.number
      this.last = this.kept === undefined ? event.value(node) : this.keptValue(this.kept)
    }
    return this.last
  }

  private keptValue(kept: (KeptValue | undefined)[]): Json {
    const { event, node } = this
    const place = event.digest(node) % MOST_KEPT
    const before = kept[place]
    if (++this.asked === TRIALS && 2 * this.found < TRIALS) this.kept = undefined
    if (before !== undefined && event.isWritten(node, before.bytes)) {
      this.found++
      return before.value
    }
    const value = event.value(node)
    kept[place] = { bytes: event.copy(node), value }
    return value
  }
}

interface KeptValue {
  readonly bytes: Uint8Array
  readonly value: Json
}
