/**
 * A map that has at hand what was set longest ago. A plain `Map` would look for it among all that was deleted before it; here one
 * walk over the keys goes on where it was.
 */
export class OrderedMap<Key, Value> {
  private readonly held = new Map<Key, Value>()
  private walk = this.held.keys()
  /** The oldest key, if it was looked for: the walk is past it. */
  private head: { readonly key: Key } | undefined

  get size(): number {
    return this.held.size
  }

  get(key: Key): Value | undefined {
    return this.held.get(key)
  }

  /** From now on it is the latest. */
  set(key: Key, value: Value): void {
    this.delete(key)
    this.held.set(key, value)
  }

  delete(key: Key): void {
    if (this.head?.key === key) this.head = undefined
    this.held.delete(key)
  }

  oldest(): readonly [Key, Value] | undefined {
    if (this.held.size === 0) return undefined
    this.head ??= this.step()
    const { key } = this.head
    return [key, this.held.get(key) as Value]
  }

  values(): Iterable<Value> {
    return this.held.values()
  }

  private step(): { readonly key: Key } {
    const next = this.walk.next()
    if (next.done !== true) return { key: next.value }
    // It ended when the map was empty.
    this.walk = this.held.keys()
    return this.step()
  }
}
