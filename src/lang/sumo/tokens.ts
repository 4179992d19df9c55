import { endOfComment, endOfRegex, endOfText } from './skip.ts'

export type TokenKind = 'word' | 'name' | 'text' | 'number' | 'symbol' | 'template' | 'regex' | 'end'

/** A word of a stage. `text` is without quotes, slashes and braces; `start` and `end` are offsets with them. */
export interface Token {
  readonly kind: TokenKind
  readonly text: string
  readonly start: number
  readonly end: number
}

const TEMPLATE = String.raw`\{\{[^{}\n]{0,200}\}\}`
const WORD = new RegExp(
  String.raw`(?:[\p{L}_$@]|${TEMPLATE})(?:[\p{L}\p{N}_$@]|\.(?=[\p{L}_$@{])|\.(?=\d)|\[\d+\]|${TEMPLATE})*`,
  'uy',
)
const NUMBER = /(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?[\p{L}_]*/uy
const SYMBOL = /==|<>|!=|<=|>=|&&|\|\||->|[^\s\p{L}\p{N}]/uy
const FLAGS = /[ims]{1,3}(?![\p{L}\p{N}_])/uy
const SPACE = /\s+/y
const SINGLE_QUOTED = /'''|'(?:[^'\n]*)'/y

/** The token at or after an offset. `loose` says where a pattern with unescaped quotes ends. */
export function tokenAt(text: string, from: number, end: number, loose: ReadonlyMap<number, number>): Token {
  const start = skipSpace(text, from, end)
  if (start >= end) return { kind: 'end', text: '', start: end, end }
  if (text[start] === '"') return quoted(text, start, loose.get(start) ?? endOfText(text, start, end) ?? end)
  if (text[start] === '%' && text[start + 1] === '"') {
    const close = endOfText(text, start + 1, end) ?? end
    return { kind: 'name', text: text.slice(start + 2, close - 1), start, end: close }
  }
  const single = reach(SINGLE_QUOTED, text, start, end)
  if (single !== undefined)
    return { kind: 'text', text: text.slice(start + 1, single - 1), start, end: single }
  const regex = endOfRegex(text, start, end)
  if (regex !== undefined) return slashed(text, start, regex, end)
  return plain(text, start, end)
}

/** `/…/i` is `(?i)…`. */
function slashed(text: string, start: number, close: number, end: number): Token {
  const behind = reach(FLAGS, text, close, end) ?? close
  const flags = behind === close ? '' : `(?${text.slice(close, behind)})`
  return { kind: 'regex', text: flags + text.slice(start + 1, close - 1), start, end: behind }
}

function plain(text: string, start: number, end: number): Token {
  const word = reach(WORD, text, start, end)
  if (word !== undefined) {
    const written = text.slice(start, word)
    if (/^\{\{[^{}]*\}\}$/.test(written))
      return { kind: 'template', text: written.slice(2, -2).trim(), start, end: word }
    return { kind: 'word', text: written, start, end: word }
  }
  const number = reach(NUMBER, text, start, end)
  if (number !== undefined) return { kind: 'number', text: text.slice(start, number), start, end: number }
  const symbol = reach(SYMBOL, text, start, end) ?? start + 1
  return { kind: 'symbol', text: text.slice(start, symbol), start, end: symbol }
}

function quoted(text: string, start: number, close: number): Token {
  return { kind: 'text', text: text.slice(start + 1, close - 1), start, end: close }
}

/** The offset behind white space and comments. */
export function skipSpace(text: string, from: number, end: number): number {
  let at = from
  while (at < end) {
    const space = reach(SPACE, text, at, end) ?? endOfComment(text, at, end)
    if (space === undefined) return at
    at = space
  }
  return at
}

function reach(pattern: RegExp, text: string, at: number, end: number): number | undefined {
  pattern.lastIndex = at
  return pattern.test(text) && pattern.lastIndex <= end ? pattern.lastIndex : undefined
}
