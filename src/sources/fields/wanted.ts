/**
 * The names of fields and of every container on the way to one of them, by which a reader of fields knows where it
 * need not look: of `a{}.b` these are `a`, `a{}` and `a{}.b`.
 */
export function wanted(names: Iterable<string>): ReadonlySet<string> {
  const all = new Set<string>()
  for (const name of names) {
    for (const { index } of name.matchAll(/\.|\{\}/g)) {
      all.add(name.slice(0, index))
      if (name[index] === '{') all.add(name.slice(0, index + 2))
    }
    all.add(name)
  }
  return all
}
