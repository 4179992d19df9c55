/** The same object without the members that are `undefined`: absent means absent. */
export function defined<T extends object>(object: { readonly [K in keyof T]: T[K] | undefined }): T {
  const kept: { [K in keyof T]?: T[K] } = {}
  for (const key in object) {
    const value = object[key]
    if (value !== undefined) kept[key] = value
  }
  return kept as T
}
