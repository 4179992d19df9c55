import type { Regex } from '../../../plan/expr.ts'
import { writtenText } from './texts.ts'

/** A pattern of `parse` as regular expressions. */
export interface Anchor {
  readonly stars: number
  /** With only the star of that number, from 0, as its group. */
  readonly regex: (star: number) => Regex
}

/** A pattern of `parse`: each `*` stands for as little as possible, and one at the end for the rest of the line. */
export function readAnchor(raw: string): Anchor {
  const pieces = raw.split(/(?<!\\)\*/).map(piece => literal(writtenText(piece.replaceAll('\\*', '*'))))
  const stars = pieces.length - 1
  return {
    stars,
    regex: star => {
      const parts = pieces.map((piece, index) => {
        if (index === stars) return piece
        const anything = index === stars - 1 && pieces[stars] === '' ? '[^\\r\\n]*' : '.*?'
        return piece + (index === star ? `(${anything})` : anything)
      })
      return { source: parts.join(''), caseless: false, multiline: false, dotall: true }
    },
  }
}

/** A text as it stands, for a regular expression. */
function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}
