import type { Expr, Leaf } from './expr.ts'

/** The leaves that test one value of one field at a time. */
export type ValueLeaf = Extract<
  Leaf,
  { readonly kind: 'match' | 'regex' | 'number' | 'boolean' | 'compare' | 'cidr' }
>

export function isValueLeaf(expr: Expr): expr is ValueLeaf {
  switch (expr.kind) {
    case 'match':
    case 'regex':
    case 'number':
    case 'boolean':
    case 'compare':
    case 'cidr':
      return true
    default:
      return false
  }
}
