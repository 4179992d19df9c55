import type { Json, JsonObject } from '../core/json.ts'
import type { Field } from '../plan/expr.ts'
import { type FieldReader, reader, visit } from './read.ts'

/** A place in the tree of all wanted paths. */
interface Node {
  readonly inner: Map<string, Node>
  /** The field that ends here; -1 if none does. */
  slot: number
  /** The key has a dot in it, so that it may stand for several segments. */
  readonly dotted: boolean
}

/**
 * All wanted fields of one event, found in one walk over the keys that it has: far fewer than the fields that
 * rules ask for. An event with a key that has a dot in it, where a wanted path might mean it, is read field by field.
 */
export class EventView {
  private readonly root = node(false)
  private readonly slots = new Map<string, number>()
  private readonly readers: FieldReader[] = []
  private readonly names: string[] = []
  /** By field: its first value, and all of them where members of an array gave several. */
  private readonly values: (Json | undefined)[] = []
  private readonly several: Json[][] = []
  /** By field: the event in which it was last found, and in which it last had several values. */
  private stamps = new Uint32Array(0)
  private severals = new Uint32Array(0)
  /** Fields that have occurred in some event. */
  private readonly occurred: boolean[] = []
  /** Fields found in the event at hand, each once. */
  private readonly found: number[] = []
  private epoch = 0
  private odd = false
  private event: JsonObject | undefined

  /** Adds a field; to be done before the first event. Gives its place. */
  add(field: Field): number {
    const known = this.slots.get(field.name)
    if (known !== undefined) return known
    const slot = this.readers.push(reader(field)) - 1
    this.slots.set(field.name, slot)
    this.names.push(field.name)
    this.values.push(undefined)
    this.several.push([])
    this.occurred.push(false)
    this.stamps = new Uint32Array(slot + 1)
    this.severals = new Uint32Array(slot + 1)
    plant(this.root, field.path, slot)
    return slot
  }

  /** Takes up an event. */
  look(event: JsonObject): void {
    this.epoch++
    this.event = event
    this.odd = false
    this.found.length = 0
    this.walk(this.root, event)
    if (this.odd) this.lookAgain()
    for (const slot of this.found) this.occurred[slot] = true
  }

  /** The places of the fields that the event has, each once. */
  get present(): readonly number[] {
    return this.found
  }

  /** The value of a field, if it has just one that is no array; undefined if it is missing. */
  plain(slot: number): Json | undefined {
    return this.stamps[slot] === this.epoch ? this.values[slot] : undefined
  }

  /** Is `plain` all there is to know of the field in this event? */
  isPlain(slot: number): boolean {
    if (this.odd) return false
    if (this.stamps[slot] !== this.epoch) return true
    return this.severals[slot] !== this.epoch && !Array.isArray(this.values[slot])
  }

  /** Reads a field of whatever event it is given, fast if it is the one that was taken up. */
  reader(field: Field): FieldReader {
    const slot = this.add(field)
    const own = this.readers[slot] ?? reader(field)
    return (event, test) => {
      if (event !== this.event || this.odd) return own(event, test)
      if (this.stamps[slot] !== this.epoch) return false
      if (this.severals[slot] === this.epoch)
        return this.several[slot]?.some(value => visit(value, test)) === true
      const value = this.values[slot]
      return typeof value === 'string' ? test(value) : visit(value, test)
    }
  }

  /** Names of the fields that occurred in some event. */
  get seen(): readonly string[] {
    return this.names.filter((_, slot) => this.occurred[slot])
  }

  private walk(at: Node, object: JsonObject): void {
    for (const key in object) {
      const next = at.inner.get(key)
      if (next !== undefined) this.take(next, object[key])
    }
  }

  private take(at: Node, value: Json | undefined): void {
    if (value === undefined) return
    if (at.dotted) this.odd = true
    if (at.slot >= 0) this.put(at.slot, value)
    if (at.inner.size > 0 && typeof value === 'object' && value !== null) this.enter(at, value)
  }

  private enter(at: Node, value: JsonObject | readonly Json[]): void {
    if (!Array.isArray(value)) this.walk(at, value as JsonObject)
    else for (const one of value) if (typeof one === 'object' && one !== null) this.enter(at, one)
  }

  private put(slot: number, value: Json): void {
    if (this.stamps[slot] === this.epoch) this.putAnother(slot, value)
    else {
      this.stamps[slot] = this.epoch
      this.values[slot] = value
      this.found.push(slot)
    }
  }

  /** Members of an array give a field several values. */
  private putAnother(slot: number, value: Json): void {
    const first = this.values[slot]
    if (this.severals[slot] === this.epoch) this.several[slot]?.push(value)
    else if (first !== undefined) {
      this.severals[slot] = this.epoch
      this.several[slot] = [first, value]
    }
  }

  /** Asks the fields' own readers which are there: the walk may have found too much or too little. */
  private lookAgain(): void {
    const { event } = this
    this.found.length = 0
    if (event === undefined) return
    for (const [slot, read] of this.readers.entries()) if (read(event, () => true)) this.found.push(slot)
  }
}

function node(dotted: boolean): Node {
  return { inner: new Map(), slot: -1, dotted }
}

/** Adds a path, and at each place the keys with dots that would stand for several of its segments. */
function plant(root: Node, path: readonly string[], slot: number): void {
  let at = root
  for (const [from, segment] of path.entries()) {
    for (let to = from + 2; to <= path.length; to++) child(at, path.slice(from, to).join('.'))
    at = child(at, segment)
  }
  at.slot = slot
}

function child(at: Node, key: string): Node {
  const known = at.inner.get(key)
  if (known !== undefined) return known
  const made = node(key.includes('.'))
  at.inner.set(key, made)
  return made
}
