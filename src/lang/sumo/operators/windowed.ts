import type { Cursor } from '../cursor.ts'
import { operand } from '../expression.ts'
import { wholeNumber } from '../pieces.ts'
import { printAlias, printBy, printExpr } from '../print-parts.ts'
import type { Windowed } from '../syntax.ts'
import type { PrintPipeline } from './operator.ts'

/** `f [, n] [as g] [by a, b]`, also with `(f)`: what the functions over neighbouring rows have in common. */
export function readWindowed(cursor: Cursor): Windowed {
  const of = operand(cursor)
  const count = cursor.isSymbol(',') && /^\d+$/.test(cursor.peekSecond().text) ? counted(cursor) : {}
  const as = cursor.alias()
  const by = cursor.word('by') ? cursor.names() : []
  const late = as.as === undefined ? cursor.alias() : as
  return { of, ...count, ...late, by }
}

export function printWindowed({ of, count, as, by }: Windowed, pipeline: PrintPipeline): string {
  return `${printExpr(of, pipeline)}${count === undefined ? '' : `, ${count}`}${printAlias(as)}${printBy(by)}`
}

function counted(cursor: Cursor): { readonly count: number } {
  cursor.next()
  return { count: wholeNumber(cursor) }
}
