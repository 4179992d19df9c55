import type { Expr } from '../syntax.ts'
import type { Name } from '../syntax-parts.ts'
import { refuse } from './refuse.ts'

/** `field=column`, in any order. */
export interface LookupPair {
  readonly left: Expr
  readonly right: Expr
}

/** Which side is the column: the right one, unless only the left one can be. */
export function parted(
  { left, right }: LookupPair,
  isColumn: (name: string) => boolean,
): { readonly field: Expr; readonly column: Name } {
  if (left.kind === 'field' && isColumn(left.name)) {
    if (right.kind !== 'field' || !isColumn(right.name)) return { field: right, column: left }
  }
  if (right.kind === 'field') return { field: left, column: right }
  return refuse('lookup', 'a column of the table must stand here', right.at)
}
