import { COMPARISONS } from './comparisons.ts'
import { endOfTemplate, endOfText } from './skip.ts'
import { closing, type Piece } from './split.ts'
import { subqueryHead } from './subquery-head.ts'
import type { MetadataTest } from './syntax-scope.ts'
import { skipSpace } from './tokens.ts'

/** A word of a scope, with the offsets of all of it. */
export type ScopeToken = { readonly start: number; readonly end: number } & (
  | { readonly kind: 'and' | 'or' | 'not' | 'open' | 'close' | 'end' }
  | { readonly kind: 'word' | 'phrase' | 'template'; readonly raw: string }
  | MetadataTest
  | { readonly kind: 'subquery'; readonly inner: Piece }
)

const OPERATORS: ReadonlyMap<string, 'and' | 'or' | 'not'> = new Map([
  ['and', 'and'],
  ['or', 'or'],
  ['not', 'not'],
])
const COMPARISON = /\s*(!=|<=|>=|==|=|<>|<|>)\s*/y
const NAME = /^(?:[\p{L}_@](?:[\p{L}\p{N}_@.:-]|\{\{[^{}]*\}\})*|%"[^"]*"|\{\{[^{}]*\}\})$/u

export function scopeTokenAt(text: string, from: number, limit: number): ScopeToken {
  const start = skipSpace(text, from, limit)
  if (start >= limit) return { kind: 'end', start: limit, end: limit }
  switch (text[start]) {
    case '(':
      return { kind: 'open', start, end: start + 1 }
    case ')':
      return { kind: 'close', start, end: start + 1 }
    case '!':
      return { kind: 'not', start, end: start + 1 }
    case '[':
      return subquery(text, start, limit) ?? term(text, start, limit)
    default:
      return term(text, start, limit)
  }
}

function subquery(text: string, start: number, limit: number): ScopeToken | undefined {
  const head = subqueryHead(text, start + 1, limit)
  if (head === undefined) return undefined
  const close = closing(text, start, limit) ?? limit
  return {
    kind: 'subquery',
    inner: { start: start + 1 + head.length, end: close },
    start,
    end: Math.min(limit, close + 1),
  }
}

/** A keyword, a phrase, or a field with its value. */
function term(text: string, start: number, limit: number): ScopeToken {
  const end = endOfRun(text, start, limit, STOPS)
  const raw = text.slice(start, end)
  const operator = OPERATORS.get(raw.toLowerCase())
  if (operator !== undefined) return { kind: operator, start, end }
  if (NAME.test(raw)) {
    const found = metadata(text, start, end, limit)
    if (found !== undefined) return found
  }
  if (/^\{\{[^{}]*\}\}$/.test(raw)) return { kind: 'template', raw: raw.slice(2, -2), start, end }
  if (raw.startsWith('"') && endOfText(text, start, limit) === end) {
    return { kind: 'phrase', raw: raw.slice(1, -1), start, end }
  }
  const whole = endOfRun(text, start, limit, WORD_STOPS)
  return { kind: 'word', raw: text.slice(start, whole), start, end: whole }
}

function metadata(text: string, start: number, end: number, limit: number): ScopeToken | undefined {
  COMPARISON.lastIndex = end
  const op = COMPARISONS.get(COMPARISON.exec(text)?.[1] ?? '')
  if (op === undefined || COMPARISON.lastIndex > limit) return undefined
  const value = COMPARISON.lastIndex
  const quotedEnd = text[value] === '"' ? endOfText(text, value, limit) : undefined
  const close =
    quotedEnd ?? (STOP.test(text[value] ?? ' ') ? value : endOfRun(text, value, limit, WORD_STOPS))
  const raw = quotedEnd === undefined ? text.slice(value, close) : text.slice(value + 1, close - 1)
  const written = text.slice(start, end)
  const name = written.startsWith('%"') ? written.slice(2, -1) : written
  return { kind: 'metadata', name, op, raw, quoted: quotedEnd !== undefined, start, end: close }
}

const STOPS = /[\s()=<>]|!=/y
const WORD_STOPS = /[\s()]/y
const STOP = /[\s()]/

/** The offset where a run of characters, quoted texts and templates ends; at least one behind its start. */
function endOfRun(text: string, start: number, limit: number, stops: RegExp): number {
  let at = start
  while (at < limit) {
    stops.lastIndex = at
    if (stops.test(text) && at > start) break
    const quoted = text[at] === '"' ? endOfText(text, at, limit) : endOfTemplate(text, at, limit)
    at = quoted ?? at + 1
  }
  return Math.max(at, Math.min(start + 1, limit))
}
