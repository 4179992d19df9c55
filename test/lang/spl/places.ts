/** A tree without its places and source texts, to compare trees of different texts by. */
export function withoutPlaces(tree: unknown): unknown {
  if (Array.isArray(tree)) return tree.map(withoutPlaces)
  if (typeof tree !== 'object' || tree === null) return tree
  return Object.fromEntries(
    Object.entries(tree)
      .filter(([key]) => key !== 'at' && key !== 'templateAt')
      .map(([key, value]) => [key, withoutPlaces(value)]),
  )
}
