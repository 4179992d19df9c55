/** A map that holds so many entries at most: those that were set longest ago go first, and are counted. */
export class BoundedMap<Key, Value> {
  private readonly held = new Map<Key, Value>()
  private readonly most: number
  evicted = 0

  constructor(most: number) {
    this.most = most
  }

  get(key: Key): Value | undefined {
    return this.held.get(key)
  }

  set(key: Key, value: Value): void {
    this.held.delete(key)
    this.held.set(key, value)
    if (this.held.size <= this.most) return
    for (const oldest of this.held.keys()) {
      this.held.delete(oldest)
      this.evicted++
      return
    }
  }

  delete(key: Key): void {
    this.held.delete(key)
  }
}
