import { isAggregate } from './aggregates.ts'
import type { Cursor } from './cursor.ts'
import { operand } from './expression.ts'
import { printAlias, printExpr, printName, printText } from './print-parts.ts'
import type { Expr, Pipeline, Shown } from './syntax.ts'
import type { TransactionState } from './syntax-parts.ts'

/** `"*start*" [in f] as s, with "*end*" as e`, or `states a [as x], b [in f]`. */
export function readStates(cursor: Cursor): readonly TransactionState[] {
  return cursor.word('states') ? words(cursor) : patterns(cursor)
}

export function printStates(states: readonly TransactionState[]): string {
  return states
    .map(({ pattern, field, as }) => {
      const of = field === undefined ? '' : ` in ${printName(field)}`
      return `${printText(pattern)}${of}${printAlias(as)}`
    })
    .join(', ')
}

function patterns(cursor: Cursor): readonly TransactionState[] {
  const states: TransactionState[] = []
  do {
    cursor.word('with')
    const pattern = cursor.text()
    const early = cursor.alias()
    const field = cursor.word('in') ? { field: cursor.name() } : {}
    states.push({ pattern, ...field, ...early, ...cursor.alias() })
  } while (cursor.symbol(','))
  return states
}

function words(cursor: Cursor): readonly TransactionState[] {
  const states: TransactionState[] = []
  do {
    const { name, at } = cursor.name()
    const as = cursor.alias().as ?? { name, at }
    states.push({ pattern: { raw: name, at }, as })
  } while (cursor.symbol(','))
  if (!cursor.word('in')) return states
  const field = cursor.name()
  return states.map(state => ({ ...state, field }))
}

/** `showing max(x), sum(y) for opened as n`. */
export function readShowing(cursor: Cursor): readonly Shown[] {
  if (!cursor.word('showing')) return []
  const shown = [one(cursor)]
  while (cursor.symbol(',')) shown.push(one(cursor))
  return shown
}

export function printShowing(shown: readonly Shown[], pipeline: (pipeline: Pipeline) => string): string {
  if (shown.length === 0) return ''
  const told = shown.map(({ call: { fn, args, as }, of }) => {
    const list = args.length === 0 ? '' : `(${args.map(arg => printExpr(arg, pipeline)).join(', ')})`
    return `${fn}${list}${of === undefined ? '' : ` for ${printName(of)}`}${printAlias(as)}`
  })
  return ` showing ${told.join(', ')}`
}

function one(cursor: Cursor): Shown {
  if (!isAggregate(cursor.peek().text)) cursor.unexpected('an aggregate such as count or max(field)')
  const fn = cursor.next().text.toLowerCase()
  const args = argumentsOf(cursor)
  const early = cursor.alias()
  const of = cursor.word('for') ? { of: cursor.name('the name of a state') } : {}
  return { call: { fn, args, ...early, ...cursor.alias() }, ...of }
}

function argumentsOf(cursor: Cursor): readonly Expr[] {
  if (!cursor.symbol('(')) return []
  const args = [operand(cursor)]
  while (cursor.symbol(',')) args.push(operand(cursor))
  cursor.expectSymbol(')')
  return args
}
