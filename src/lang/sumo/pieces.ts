import type { Cursor } from './cursor.ts'
import type { Name, Text } from './syntax-parts.ts'

/** `field=name`, if it stands here. */
export function fieldOption(cursor: Cursor): { readonly field?: Name } {
  if (!cursor.isWord('field') || cursor.peekSecond().text !== '=') return {}
  cursor.next()
  cursor.next()
  return { field: cursor.name() }
}

/** A whole number. */
export function wholeNumber(cursor: Cursor, what = 'a number'): number {
  if (!/^\d{1,9}$/.test(cursor.peek().text)) cursor.unexpected(what)
  return Number(cursor.next().text)
}

/** What stands here up to the next space, comma or parenthesis, in quotes or not: `5m`, `-1d`, `path://"x"`. */
export function bare(cursor: Cursor, what: string): Text {
  if (cursor.peek().kind === 'text') return cursor.text()
  const { start } = cursor.peek()
  let { end } = cursor.peek()
  if (cursor.atEnd || cursor.isSymbol(',', ')', '(')) cursor.unexpected(what)
  else cursor.next()
  while (!cursor.atEnd && cursor.peek().start === end && !cursor.isSymbol(',', ')', '(')) {
    ;({ end } = cursor.next())
  }
  const { text, places } = cursor.reading
  const until = Math.max(start, end)
  return { raw: text.slice(start, until), at: places(start, until) }
}
