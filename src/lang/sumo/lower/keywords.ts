/**
 * Keywords and phrases as regular expressions for the text of a message, in any case. A keyword must be a whole token
 * (letters, digits and `_` between other characters) unless a wildcard stands at its end.
 */

/** A keyword, in which `*` and `?` stand for letters of one token; `undefined` for `*`, which is anywhere. Quotes inside may be there or not. */
export function keywordPattern(raw: string, lenient: boolean): string | undefined {
  const text = raw.replace(/\\(.)/g, '$1')
  if (/^\**$/.test(text)) return undefined
  const inner = text.replace(/^\*+|\*+$/g, '')
  const parts = [...inner].map(character =>
    character === '*' ? `${OF_TOKEN}*` : character === '?' ? OF_TOKEN : one(character, lenient),
  )
  return bounded(parts.join(''), inner, { open: text.startsWith('*'), end: text.endsWith('*') })
}

const OF_TOKEN = '[\\p{L}\\p{N}_]'

/** A phrase: its words with any white space between them; wildcards stand for themselves. */
export function phrasePattern(raw: string, lenient: boolean): string | undefined {
  const text = raw.replace(/\\(.)/g, '$1').trim()
  if (text === '' || text === '*') return undefined
  // JSON that was written again may have lost the spaces behind its colons, or have got some.
  const spaced = lenient ? text.replace(/":\s*(?=\S)/g, '":\u0000') : text
  const parts = spaced.split(/\s+/).map(word => [...word].map(character => escaped(character)).join(''))
  return bounded(parts.join('\\s+').replaceAll('\u0000', '\\s*'), text, { open: false, end: false })
}

function one(character: string, lenient: boolean): string {
  if (!lenient) return escaped(character)
  if (character === '"') return '"?'
  return character === ':' ? '\\s*:\\s*' : escaped(character)
}

function escaped(character: string): string {
  return /[\\^$.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character
}

function bounded(
  pattern: string,
  text: string,
  wild: { readonly open: boolean; readonly end: boolean },
): string {
  const before = !wild.open && /^[\w?]/.test(text) ? '\\b' : ''
  const behind = !wild.end && /[\w?]$/.test(text) ? '\\b' : ''
  return before + pattern + behind
}
