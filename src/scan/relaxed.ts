import type { Expr, Leaf } from '../plan/expr.ts'

/**
 * A condition that holds wherever the given one may hold, whatever the values of some fields are: what is asked of these
 * is taken to be so. To be asked first where these values are dear.
 */
export function relaxed(where: Expr, isOpen: (field: string) => boolean): Expr {
  return relax(where, isOpen, true)
}

function relax(expr: Expr, isOpen: (field: string) => boolean, wanted: boolean): Expr {
  switch (expr.kind) {
    case 'and':
    case 'or':
      return { ...expr, of: expr.of.map(inner => relax(inner, isOpen, wanted)) }
    case 'not':
      return { ...expr, of: relax(expr.of, isOpen, !wanted) }
    default:
      return asks(expr, isOpen) ? { kind: 'constant', value: wanted } : expr
  }
}

function asks(leaf: Leaf, isOpen: (field: string) => boolean): boolean {
  if (leaf.kind === 'keyword' || leaf.kind === 'constant') return false
  return isOpen(leaf.of.name) || (leaf.kind === 'same' && isOpen(leaf.other.name))
}
