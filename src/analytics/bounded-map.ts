import { OrderedMap } from './ordered-map.ts'

/** A map that holds so many entries at most: those that were set longest ago go first, and are counted. */
export class BoundedMap<Key, Value> {
  private readonly held = new OrderedMap<Key, Value>()
  private readonly most: number
  evicted = 0

  constructor(most: number) {
    this.most = most
  }

  get(key: Key): Value | undefined {
    return this.held.get(key)
  }

  set(key: Key, value: Value): void {
    this.held.set(key, value)
    const oldest = this.held.size > this.most ? this.held.oldest() : undefined
    if (oldest === undefined) return
    this.held.delete(oldest[0])
    this.evicted++
  }

  delete(key: Key): void {
    this.held.delete(key)
  }

  values(): Iterable<Value> {
    return this.held.values()
  }
}
