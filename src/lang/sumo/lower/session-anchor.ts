import type { Regex } from '../../../plan/expr.ts'
import { writtenText } from './texts.ts'

/** What stands in a pattern of `sessionize` for text of the message. */
export type SessionPart =
  /** `*`: the next name gets it. */
  | { readonly kind: 'star' }
  /** `$name`: what a pattern before called so. */
  | { readonly kind: 'variable'; readonly name: string }

/** A pattern of `sessionize` as regular expressions. */
export interface SessionAnchor {
  readonly parts: readonly SessionPart[]
  /** With only the part of that number, from 0, as its group. */
  readonly regex: (part: number) => Regex
}

/** Reads a pattern as `parse` does; a name behind a dollar sign is a variable if it is one of those known. */
export function readSessionAnchor(raw: string, known: ReadonlySet<string>): SessionAnchor {
  const parts: SessionPart[] = []
  const texts: string[] = []
  let from = 0
  let text = ''
  for (const { 0: found, 1: name, index } of raw.matchAll(/\\.|\*|\$([A-Za-z_]\w*)/gs)) {
    if (found.startsWith('\\') || (name !== undefined && !known.has(name.toLowerCase()))) continue
    text += raw.slice(from, index)
    texts.push(text)
    text = ''
    from = index + found.length
    parts.push(name === undefined ? { kind: 'star' } : { kind: 'variable', name: name.toLowerCase() })
  }
  texts.push(text + raw.slice(from))
  const pieces = texts.map(each => literal(writtenText(each.replaceAll('\\*', '*'))))
  return { parts, regex: part => regexOf(pieces, parts, part) }
}

function regexOf(pieces: readonly string[], parts: readonly SessionPart[], group: number): Regex {
  const source = pieces.map((piece, index) => {
    const part = parts[index]
    if (part === undefined) return piece
    const atEnd = index === parts.length - 1 && pieces[index + 1] === ''
    const inner = atEnd ? (part.kind === 'star' ? '[^\\r\\n]*' : '[\\w.:@/-]+') : '.*?'
    return piece + (index === group ? `(${inner})` : inner)
  })
  return { source: source.join(''), caseless: false, multiline: false, dotall: true }
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}
