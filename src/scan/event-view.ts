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
  /** The fields that end further in. */
  readonly below: number[]
}

/** A path of more segments than this is always read by itself. */
const LONGEST = 6

/**
 * All wanted fields of one event, found in one walk over the keys that it has: far fewer than the fields that
 * rules ask for. What is not plain (an array on the way, a key with a dot in it) is read by the field's own reader.
 */
export class EventView {
  private readonly root = node(false)
  private readonly slots = new Map<string, number>()
  private readonly readers: FieldReader[] = []
  private readonly values: (Json | undefined)[] = []
  private readonly names: string[] = []
  private readonly alone: number[] = []
  /** Fields that have occurred in some event. */
  private readonly occurred: boolean[] = []
  /** By field: the event in which it was last found, and in which it was last behind an array. */
  private stamps = new Uint32Array(0)
  private arrays = new Uint32Array(0)
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
    this.occurred.push(false)
    this.stamps = new Uint32Array(slot + 1)
    this.arrays = new Uint32Array(slot + 1)
    if (field.path.length > LONGEST) this.alone.push(slot)
    else for (const keys of spellings(field.path)) plant(this.root, keys, slot)
    return slot
  }

  /** Takes up an event. */
  look(event: JsonObject): void {
    this.epoch++
    this.event = event
    this.odd = false
    this.walk(this.root, event)
    for (const slot of this.odd ? this.readers.keys() : this.alone) this.watch(slot)
  }

  /** The value of a field, if it has just one that is no array; else ask `read`. Undefined if it is missing. */
  plain(slot: number): Json | undefined {
    return this.stamps[slot] === this.epoch ? this.values[slot] : undefined
  }

  /** Is `plain` all there is to know of the field in this event? */
  isPlain(slot: number): boolean {
    if (this.odd || this.arrays[slot] === this.epoch || this.alone.includes(slot)) return false
    return this.stamps[slot] !== this.epoch || !Array.isArray(this.values[slot])
  }

  /** Reads a field of whatever event it is given, fast if it is the one that was taken up. */
  reader(field: Field): FieldReader {
    const slot = this.add(field)
    const own = this.readers[slot] ?? reader(field)
    if (this.alone.includes(slot)) return own
    return (event, test) => {
      if (event !== this.event || this.odd || this.arrays[slot] === this.epoch) return own(event, test)
      return this.stamps[slot] === this.epoch && visit(this.values[slot], test)
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
    if (at.dotted) this.odd = true
    if (at.slot >= 0) {
      this.stamps[at.slot] = this.epoch
      this.values[at.slot] = value
      this.occurred[at.slot] = true
    }
    if (at.below.length === 0 || typeof value !== 'object' || value === null) return
    if (Array.isArray(value)) this.behindArray(at)
    else this.walk(at, value as JsonObject)
  }

  private behindArray(at: Node): void {
    for (const slot of at.below) {
      this.arrays[slot] = this.epoch
      this.watch(slot)
    }
  }

  /** Notes by the field's own reader whether it occurs. */
  private watch(slot: number): void {
    if (this.occurred[slot] || this.event === undefined) return
    this.occurred[slot] = this.readers[slot]?.(this.event, () => true) === true
  }
}

function node(dotted: boolean): Node {
  return { inner: new Map(), slot: -1, dotted, below: [] }
}

/** All ways to make keys of a path: any neighbours may be one key with a dot in it. */
function spellings(path: readonly string[]): readonly (readonly string[])[] {
  const [first, ...rest] = path
  if (first === undefined) return [[]]
  return spellings(rest).flatMap(([head, ...tail]) =>
    head === undefined
      ? [[first]]
      : [
          [first, head, ...tail],
          [`${first}.${head}`, ...tail],
        ],
  )
}

function plant(root: Node, keys: readonly string[], slot: number): void {
  let at = root
  for (const key of keys) {
    at.below.push(slot)
    const next = at.inner.get(key) ?? node(key.includes('.'))
    at.inner.set(key, next)
    at = next
  }
  at.slot = slot
}
