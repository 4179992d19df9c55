import type { Cursor } from './cursor.ts'
import { limits } from './limits.ts'
import type { Extracted, Name, Text } from './syntax-parts.ts'

/** `"a", "b" as x, y`, also with parentheses around the names, and `"a" as x, "b" as y`: each run of texts takes the names behind it in their order. */
export function extracted(cursor: Cursor): readonly Extracted[] {
  const items: Extracted[] = []
  while (cursor.peek().kind === 'text' && items.length < limits.names) {
    const paths = texts(cursor)
    const names = cursor.word('as') ? cursor.parenthesised(() => aliases(cursor)) : []
    if (names.length > paths.length) tooMany(cursor, names, paths.length)
    items.push(...paths.map((path, index) => named(cursor, path, names[index])))
    if (cursor.isSymbol(',') && cursor.peekSecond().kind === 'text') cursor.next()
  }
  if (items.length === 0) cursor.unexpected('a text between quotes')
  return items
}

function texts(cursor: Cursor): readonly Text[] {
  const found = [cursor.text()]
  while (cursor.isSymbol(',') && cursor.peekSecond().kind === 'text') {
    cursor.next()
    found.push(cursor.text())
  }
  // Sumo Logic takes `"a", as x` too.
  if (cursor.isSymbol(',') && cursor.peekSecond().text.toLowerCase() === 'as') cursor.next()
  return found
}

function aliases(cursor: Cursor): readonly Name[] {
  const names = [cursor.name()]
  while (cursor.isSymbol(',') && cursor.peekSecond().kind !== 'text' && cursor.peekSecond().kind !== 'end') {
    cursor.next()
    names.push(cursor.name())
  }
  return names
}

function named(cursor: Cursor, path: Text, as: Name | undefined): Extracted {
  if (as === undefined && path.raw === '') {
    cursor.fail(
      'sumo/no-name',
      'this path is empty, and gives no name',
      path.at.start,
      'write what it shall find',
    )
  }
  return as === undefined ? { path } : { path, as }
}

function tooMany(cursor: Cursor, names: readonly Name[], paths: number): void {
  const start = names[paths]?.at.start ?? cursor.peek().start
  const many = `${names.length} names for ${paths === 1 ? 'one value' : `${paths} values`}`
  cursor.report('warning', 'sumo/names', `${many}: the rest names nothing`, { start, end: start + 1 })
}
