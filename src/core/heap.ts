/** A heap: the smallest is at hand, whatever came in which order. */
export class Heap<Item> {
  readonly items: Item[]
  private readonly compare: (a: Item, b: Item) => number

  /** @param items in the order of a heap, such as a heap's own */
  constructor(compare: (a: Item, b: Item) => number, items: Item[] = []) {
    this.compare = compare
    this.items = items
  }

  get smallest(): Item | undefined {
    return this.items[0]
  }

  push(item: Item): void {
    const { items, compare } = this
    let at = items.push(item) - 1
    while (at > 0) {
      const above = (at - 1) >> 1
      const parent = items[above] as Item
      if (compare(parent, item) <= 0) break
      items[at] = parent
      items[above] = item
      at = above
    }
  }

  pop(): Item | undefined {
    const { items } = this
    const smallest = items[0]
    const last = items.pop()
    if (items.length > 0 && last !== undefined) this.sink(last)
    return smallest
  }

  private sink(item: Item): void {
    const { items, compare } = this
    let at = 0
    for (;;) {
      let below = at * 2 + 1
      if (below >= items.length) break
      if (below + 1 < items.length && compare(items[below + 1] as Item, items[below] as Item) < 0) below++
      if (compare(items[below] as Item, item) >= 0) break
      items[at] = items[below] as Item
      at = below
    }
    items[at] = item
  }
}
