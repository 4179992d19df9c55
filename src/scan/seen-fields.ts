import type { Json, JsonObject } from '../core/json.ts'
import type { Field } from '../plan/expr.ts'
import { type FieldReader, reader } from './read.ts'

/** What is awaited behind a key: fields that may end here, and keys further in. */
interface Node {
  readonly ends: Set<string>
  readonly inner: Map<string, Node>
}

/** Longer paths than this are few; a key of theirs with dots in it is looked for only whole or not at all. */
const LONGEST = 6

/** Watches events until each of some fields has occurred. Exact: every event is looked at for the fields still awaited. */
export class SeenFields {
  private readonly root: Node = node()
  private readonly readers = new Map<string, FieldReader>()
  private readonly names: ReadonlySet<string>

  constructor(fields: readonly Field[]) {
    this.names = new Set(fields.map(field => field.name))
    for (const field of fields) {
      if (this.readers.has(field.name)) continue
      this.readers.set(field.name, reader(field))
      for (const keys of spellings(field.path)) plant(this.root, keys, field.name)
    }
  }

  look(event: JsonObject): void {
    if (this.root.inner.size > 0) this.walk(this.root, event, event)
  }

  /** The fields that did occur. */
  get seen(): readonly string[] {
    return [...this.names].filter(name => !this.readers.has(name))
  }

  /** Goes by the keys that the event has, of which there are fewer than fields. */
  private walk(at: Node, value: Json, event: JsonObject): void {
    if (Array.isArray(value)) {
      for (const one of value) if (typeof one === 'object' && one !== null) this.walk(at, one as Json, event)
      return
    }
    const object = value as JsonObject
    for (const key in object) {
      const next = at.inner.get(key)
      if (next === undefined) continue
      if (next.ends.size > 0) this.confirm(next, event)
      const inner = object[key]
      if (next.inner.size > 0 && typeof inner === 'object' && inner !== null) this.walk(next, inner, event)
    }
  }

  private confirm(at: Node, event: JsonObject): void {
    for (const name of at.ends) {
      if (this.readers.get(name)?.(event, () => true) === false) continue
      this.readers.delete(name)
      prune(this.root, name)
    }
  }
}

function node(): Node {
  return { ends: new Set(), inner: new Map() }
}

/** All ways to make keys of a path: any neighbours may be one key with a dot in it. */
function spellings(path: readonly string[]): readonly (readonly string[])[] {
  const [first, ...rest] = path
  if (first === undefined) return [[]]
  if (path.length > LONGEST) return [path, [path.join('.')]]
  return spellings(rest).flatMap(([head, ...tail]) =>
    head === undefined
      ? [[first]]
      : [
          [first, head, ...tail],
          [`${first}.${head}`, ...tail],
        ],
  )
}

function plant(root: Node, keys: readonly string[], name: string): void {
  let at = root
  for (const key of keys) {
    const next = at.inner.get(key) ?? node()
    at.inner.set(key, next)
    at = next
  }
  at.ends.add(name)
}

function prune(at: Node, name: string): void {
  for (const [key, next] of at.inner) {
    next.ends.delete(name)
    prune(next, name)
    if (next.ends.size === 0 && next.inner.size === 0) at.inner.delete(key)
  }
}
