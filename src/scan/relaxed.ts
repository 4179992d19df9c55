import type { Expr, Leaf } from '../plan/expr.ts'

/**
 * A condition that holds wherever the given one may hold, whatever the values of some fields are: what is asked of these
 * is taken to be so. To be asked first where these values are dear.
 */
export function relaxed(where: Expr, isOpen: (field: string) => boolean): Expr {
  return replaced(where, (expr, wanted) =>
    asks(expr, isOpen) ? { kind: 'constant', value: wanted } : undefined,
  )
}

/**
 * A condition with some of its parts replaced, outermost first; where nothing is, it is itself.
 *
 * @param by what a part becomes, undefined if it stays; `wanted` is what it has to come to for the whole to hold: false
 *   under a `not`, true under two
 */
export function replaced(
  expr: Expr,
  by: (part: Expr, wanted: boolean) => Expr | undefined,
  wanted = true,
): Expr {
  const other = by(expr, wanted)
  if (other !== undefined) return other
  switch (expr.kind) {
    case 'and':
    case 'or': {
      const of = expr.of.map(inner => replaced(inner, by, wanted))
      return of.every((part, at) => part === expr.of[at]) ? expr : { ...expr, of }
    }
    case 'not': {
      const of = replaced(expr.of, by, !wanted)
      return of === expr.of ? expr : { ...expr, of }
    }
    default:
      return expr
  }
}

function asks(expr: Expr, isOpen: (field: string) => boolean): boolean {
  return isLeaf(expr) && leafAsks(expr, isOpen)
}

function leafAsks(leaf: Leaf, isOpen: (field: string) => boolean): boolean {
  if (leaf.kind === 'keyword' || leaf.kind === 'constant') return false
  return isOpen(leaf.of.name) || (leaf.kind === 'same' && isOpen(leaf.other.name))
}

function isLeaf(expr: Expr): expr is Leaf {
  return expr.kind !== 'and' && expr.kind !== 'or' && expr.kind !== 'not'
}
