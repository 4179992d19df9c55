import { COMPARISONS } from './comparisons.ts'
import type { Cursor } from './cursor.ts'
import { limits } from './limits.ts'
import { readNumber } from './numbers.ts'
import { bare } from './pieces.ts'
import { readSubquery, subqueryHead } from './subquery-head.ts'
import type { Expr } from './syntax.ts'
import type { Arithmetic } from './syntax-expression.ts'

/** How tightly operators bind; the loosest first. */
const TERNARY = 1
const OR = 2
const AND = 3
const NOT = 4
const TEST = 5
const SUM = 6
const PRODUCT = 7
const SIGN = 8

const ARITHMETIC: ReadonlyMap<string, { readonly op: Arithmetic; readonly binds: number }> = new Map([
  ['+', { op: '+', binds: SUM }],
  ['-', { op: '-', binds: SUM }],
  ['*', { op: '*', binds: PRODUCT }],
  ['/', { op: '/', binds: PRODUCT }],
  ['%', { op: '%', binds: PRODUCT }],
])

/** An expression of `where`, `if`, `… as field`: everything up to what cannot continue it. */
export function expression(cursor: Cursor): Expr {
  return binding(cursor, TERNARY)
}

/** A value without comparisons, `and` and `or`: an operand of arithmetic at most. */
export function operand(cursor: Cursor): Expr {
  return binding(cursor, SUM)
}

function binding(cursor: Cursor, least: number): Expr {
  const { start } = cursor.peek()
  if (!cursor.enter()) return unknown(cursor)
  let left = prefix(cursor)
  for (let count = 0; ; count++) {
    const longer = infix(cursor, { left, least, start })
    if (longer === undefined) break
    left = longer
    if (count > limits.operators) cursor.fail('sumo/limits', 'this expression has too many operators', start)
  }
  cursor.leave()
  return left
}

function prefix(cursor: Cursor): Expr {
  const { start } = cursor.peek()
  if (cursor.symbol('!') || cursor.word('not')) {
    const of = binding(cursor, NOT)
    return { kind: 'not', of, at: cursor.span(start) }
  }
  if (cursor.symbol('-')) {
    const of = binding(cursor, SIGN)
    return { kind: 'minus', of, at: cursor.span(start) }
  }
  if (cursor.symbol('+')) return binding(cursor, SIGN)
  return primary(cursor)
}

interface Sofar {
  readonly left: Expr
  readonly least: number
  readonly start: number
}

/** The expression with one more operator behind what was read, if one stands here that binds tightly enough. */
function infix(cursor: Cursor, sofar: Sofar): Expr | undefined {
  const { left, least, start } = sofar
  if (least <= PRODUCT && cursor.peek().kind === 'symbol') {
    const arithmetic = ARITHMETIC.get(cursor.peek().text)
    if (arithmetic !== undefined && arithmetic.binds >= least) {
      cursor.next()
      const right = binding(cursor, arithmetic.binds + 1)
      return { kind: 'arithmetic', op: arithmetic.op, left, right, at: cursor.span(start) }
    }
  }
  if (least <= TEST) {
    const tested = test(cursor, left, start)
    if (tested !== undefined) return tested
  }
  if (least <= AND && (cursor.word('and') || cursor.symbol('&&'))) {
    const right = binding(cursor, AND + 1)
    return { kind: 'and', left, right, at: cursor.span(start) }
  }
  if (least <= OR && (cursor.word('or') || cursor.symbol('||'))) {
    const right = binding(cursor, OR + 1)
    return { kind: 'or', left, right, at: cursor.span(start) }
  }
  if (least > TERNARY || !cursor.symbol('?')) return undefined
  const then = binding(cursor, TERNARY)
  cursor.expectSymbol(':')
  const otherwise = binding(cursor, TERNARY)
  return { kind: 'if', test: left, then, otherwise, at: cursor.span(start) }
}

function test(cursor: Cursor, left: Expr, start: number): Expr | undefined {
  const op = cursor.peek().kind === 'symbol' ? COMPARISONS.get(cursor.peek().text) : undefined
  if (op !== undefined) {
    cursor.next()
    const right = binding(cursor, SUM)
    return { kind: 'compare', op, left, right, at: cursor.span(start) }
  }
  const second = cursor.peekSecond().text.toLowerCase()
  const negated = (cursor.isWord('not') || cursor.isSymbol('!')) && (second === 'in' || second === 'matches')
  if (negated) cursor.next()
  if (cursor.word('matches')) {
    const pattern = binding(cursor, SUM)
    return { kind: 'matches', of: left, pattern, negated, at: cursor.span(start) }
  }
  if (cursor.word('contains')) {
    const wanted = binding(cursor, SUM)
    return { kind: 'call', name: 'contains', args: [left, wanted], at: cursor.span(start) }
  }
  if (cursor.peek().kind === 'template') {
    const { text } = cursor.next()
    return { kind: 'tested', of: left, name: text, at: cursor.span(start) }
  }
  if (cursor.word('in')) {
    const list = members(cursor)
    return { kind: 'in', of: left, list, negated, at: cursor.span(start) }
  }
  return undefined
}

/** `("a", "b")`, or a subquery. */
function members(cursor: Cursor): readonly Expr[] {
  if (cursor.isSymbol('[')) return [subquery(cursor)]
  return args(cursor)
}

function args(cursor: Cursor): readonly Expr[] {
  cursor.expectSymbol('(')
  const list: Expr[] = []
  while (!cursor.isSymbol(')') && !cursor.atEnd) {
    list.push(binding(cursor, TERNARY))
    if (list.length > limits.members) cursor.fail('sumo/limits', 'this list is too long', cursor.peek().start)
    if (!cursor.symbol(',')) break
  }
  cursor.expectSymbol(')')
  return list
}

/** `(path://"/shared/users", user=name and place=city)`. */
function tableArgs(cursor: Cursor): readonly Expr[] {
  cursor.expectSymbol('(')
  const { raw, at } = bare(cursor, 'a table such as path://"/shared/users"')
  cursor.expectSymbol(',')
  const condition = binding(cursor, TERNARY)
  cursor.expectSymbol(')')
  return [{ kind: 'text', raw: raw.replaceAll('"', ''), at }, condition]
}

function primary(cursor: Cursor): Expr {
  const { kind, text, start } = cursor.peek()
  switch (kind) {
    case 'text':
      cursor.next()
      return { kind: 'text', raw: text, at: cursor.span(start) }
    case 'regex':
      cursor.next()
      return { kind: 'regex', source: text, at: cursor.span(start) }
    case 'template':
      cursor.next()
      return { kind: 'template', name: text, at: cursor.span(start) }
    case 'name':
      return { kind: 'field', ...cursor.name('a value') }
    case 'number':
      return number(cursor)
    case 'word':
      return word(cursor)
    case 'symbol':
      return bracketed(cursor)
    case 'end':
      return unknown(cursor)
  }
}

function number(cursor: Cursor): Expr {
  const { text, start } = cursor.peek()
  const value = readNumber(text)
  cursor.next()
  if (value !== undefined) return { kind: 'number', value, written: text, at: cursor.span(start) }
  return { kind: 'field', name: text, at: cursor.span(start) }
}

function word(cursor: Cursor): Expr {
  const { text, start } = cursor.next()
  const at = () => cursor.span(start)
  const lower = text.toLowerCase()
  if (cursor.isSymbol('(') && !cursor.atEnd) {
    const list = lower === 'lookupcontains' ? tableArgs(cursor) : args(cursor)
    const [test, then, otherwise] = list
    if (lower !== 'if') return { kind: 'call', name: text, args: list, at: at() }
    if (test !== undefined && then !== undefined && otherwise !== undefined && list.length === 3) {
      return { kind: 'if', test, then, otherwise, at: at() }
    }
    cursor.fail('sumo/syntax', `"if" takes a test and two values, not ${list.length} of them`, start)
  }
  if (lower === 'true' || lower === 'false') return { kind: 'boolean', value: lower === 'true', at: at() }
  if (lower === 'null') return { kind: 'null', at: at() }
  return { kind: 'field', name: text, at: at() }
}

function bracketed(cursor: Cursor): Expr {
  if (cursor.isSymbol('[')) return subquery(cursor)
  if (cursor.isSymbol('%')) return { kind: 'field', ...cursor.name('a value') }
  if (!cursor.symbol('(')) return unknown(cursor)
  const inner = binding(cursor, TERNARY)
  cursor.expectSymbol(')')
  return inner
}

/** `[subquery: … | compose field]`. */
function subquery(cursor: Cursor): Expr {
  const { start } = cursor.peek()
  const { start: inside, end } = cursor.group()
  const head = subqueryHead(cursor.reading.text, inside, end)
  if (head === undefined)
    cursor.fail('sumo/syntax', 'only a subquery may stand in brackets', start, 'write [subquery: …]')
  const inner = { start: inside + (head?.length ?? 0), end }
  return { kind: 'subquery', pipeline: readSubquery(cursor, head ?? '', inner), at: cursor.span(start) }
}

function unknown(cursor: Cursor): Expr {
  cursor.unexpected('a value')
  return { kind: 'unknown', at: cursor.span(cursor.peek().start) }
}
