/** Every object inside of a tree, itself first, that is no place in the text. */
export function* objectsIn(tree: unknown): Generator<{ readonly [key: string]: unknown }> {
  if (Array.isArray(tree)) {
    for (const member of tree) yield* objectsIn(member)
  } else if (typeof tree === 'object' && tree !== null) {
    yield tree as { readonly [key: string]: unknown }
    for (const [key, member] of Object.entries(tree)) {
      if (key !== 'at' && key !== 'templateAt') yield* objectsIn(member)
    }
  }
}
