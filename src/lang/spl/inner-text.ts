import { Reader } from './reader.ts'
import { bracketEnd } from './syntax/split.ts'
import type { Search } from './syntax/tree.ts'

/** Reads a text that stood inside of a value: all its places are those of the value. */
export function readerOf(text: string, from: number, outer: Reader): Reader {
  const at = outer.span(from)
  return new Reader({ ...outer.parsing, text, place: () => at }, { start: 0, end: text.length })
}

/** The search between brackets that begins here. */
export function readSubsearch(reader: Reader): Search {
  reader.space()
  const open = reader.at
  if (!reader.take('[')) reader.unexpected('a subsearch in brackets is missing', 'write it as [search …]')
  const close = bracketEnd(reader.text, open, reader.end)
  if (!reader.failed && close >= reader.end)
    reader.fail('spl/unclosed-bracket', 'this bracket is not closed', { from: open })
  if (reader.failed) return { stages: [], at: reader.span(open, open) }
  reader.at = close + 1
  return reader.parsing.search({ start: open + 1, end: close })
}
