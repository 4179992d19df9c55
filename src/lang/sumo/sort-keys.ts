import type { Cursor } from './cursor.ts'
import { operand } from './expression.ts'
import { printExpr } from './print-parts.ts'
import type { Pipeline, SortKey } from './syntax.ts'

/** `f`, `+f`, `-f`, `f asc`, `f desc`, with commas between them. */
export function sortKeys(cursor: Cursor): readonly SortKey[] {
  const keys = [sortKey(cursor)]
  while (cursor.symbol(',') && !cursor.atEnd) keys.push(sortKey(cursor))
  return keys
}

export function printSortKeys(keys: readonly SortKey[], pipeline: (pipeline: Pipeline) => string): string {
  return keys
    .map(({ by, descending }) => `${printExpr(by, pipeline)} ${descending ? 'desc' : 'asc'}`)
    .join(', ')
}

function sortKey(cursor: Cursor): SortKey {
  const rising = cursor.symbol('+')
  if (!rising) cursor.symbol('-')
  const by = operand(cursor)
  const ascending = cursor.word('asc', 'ascending')
  if (!ascending) cursor.word('desc', 'descending')
  return { by, descending: !rising && !ascending }
}
