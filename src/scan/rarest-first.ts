import type { Expr } from '../plan/expr.ts'
import type { Selectivity } from './selectivity.ts'

/** The same condition with the parts of each `and` in the order in which they are likeliest to settle it. */
export function rarestFirst(expr: Expr, selectivity: Selectivity): Expr {
  if (expr.kind === 'not') return { ...expr, of: rarestFirst(expr.of, selectivity) }
  if (expr.kind !== 'and' && expr.kind !== 'or') return expr
  const parts = expr.of.map(inner => rarestFirst(inner, selectivity))
  if (expr.kind === 'or') return { ...expr, of: parts }
  const weighed = parts.map(part => ({ part, passes: selectivity.passes(part) }))
  return { ...expr, of: weighed.sort((a, b) => a.passes - b.passes).map(({ part }) => part) }
}
