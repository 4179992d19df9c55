import type { Cursor } from './cursor.ts'
import { fieldOption } from './pieces.ts'
import type { Name } from './syntax-parts.ts'

/** Takes the options that stand here, in any order and with or without commas between them. */
export function options(
  cursor: Cursor,
  known: readonly string[],
): { readonly field?: Name; readonly flags: ReadonlySet<string>; readonly nodrop: boolean } {
  const flags = new Set<string>()
  let field: { readonly field?: Name } = {}
  for (;;) {
    if (cursor.isWord('field') && cursor.peekSecond().text === '=') field = fieldOption(cursor)
    else if (cursor.isWord(...known)) flags.add(cursor.next().text.toLowerCase())
    else if (!cursor.isSymbol(',') || !known.includes(cursor.peekSecond().text.toLowerCase())) break
    else cursor.next()
  }
  return { ...field, flags, nodrop: flags.has('nodrop') }
}
