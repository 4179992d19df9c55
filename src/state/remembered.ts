/**
 * What is remembered by key, at most so many at once. Now and then what is over is forgotten; if there is still
 * too much, what was touched least lately goes, in order of time and then of key, whatever the order of arrival.
 */
export class Remembered<Item extends { last: number }> {
  readonly items: Map<string, Item>
  evicted: number
  private readonly most: number
  private nextSweep: number

  constructor(most: number, items: readonly (readonly [string, Item])[] = [], evicted = 0) {
    this.most = most
    this.items = new Map(items)
    this.evicted = evicted
    this.nextSweep = Math.min(most, Math.max(FIRST_SWEEP, this.items.size * 2))
  }

  get(key: string): Item | undefined {
    return this.items.get(key)
  }

  set(key: string, item: Item): void {
    this.items.set(key, item)
  }

  /** To be called when a time is done. @param from items touched before it are over; `forget` is told of all that go */
  sweep(from: number, forget: (item: Item, key: string) => void): void {
    if (this.items.size <= this.nextSweep) return
    for (const [key, item] of this.items) if (item.last < from) this.remove(key, item, forget)
    if (this.items.size > this.most) this.shrink(forget)
    this.nextSweep = Math.min(this.most, Math.max(FIRST_SWEEP, this.items.size * 2))
  }

  /** Takes a tenth off at once: to look for each single one would cost too much. */
  private shrink(forget: (item: Item, key: string) => void): void {
    const over = this.items.size - Math.floor(this.most * 0.9)
    const times = new Float64Array(this.items.size)
    let at = 0
    for (const { last } of this.items.values()) times[at++] = last
    times.sort()
    const latest = times[over - 1] ?? Number.NEGATIVE_INFINITY
    const ties: string[] = []
    let left = over
    for (const [key, item] of this.items)
      if (item.last < latest) {
        left--
        this.remove(key, item, forget)
      } else if (item.last === latest) ties.push(key)
    for (const key of ties.sort().slice(0, left)) {
      const item = this.items.get(key)
      if (item !== undefined) this.remove(key, item, forget)
    }
    this.evicted += over
  }

  private remove(key: string, item: Item, forget: (item: Item, key: string) => void): void {
    this.items.delete(key)
    forget(item, key)
  }
}

const FIRST_SWEEP = 1024
