/** What is told of copies. */
interface Copied {
  readonly repeat: boolean
  readonly conflicting: boolean
}

/** Each event once for each rule that it matches, unless copies are wanted. */
export function* distinct<Item extends Copied>(
  items: Iterable<Item>,
  keepDuplicates: boolean,
  nameOf: (item: Item) => { readonly rule: number; readonly id: string },
): Generator<Item> {
  const conflicting = new Set<string>()
  for (const item of items) {
    if (!keepDuplicates) {
      if (item.repeat) continue
      // Copies that differ are one event: a rule that matches several of them matches once.
      if (item.conflicting) {
        const { rule, id } = nameOf(item)
        const key = `${rule} ${id}`
        if (conflicting.has(key)) continue
        conflicting.add(key)
      }
    }
    yield item
  }
}
