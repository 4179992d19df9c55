import type { Expr } from '../syntax.ts'
import { refuse } from './refuse.ts'

/** A number that stands in the query; `undefined` for a `{{parameter}}` that nobody gave. */
export function countOf(expr: Expr, what: string): number | undefined {
  if (expr.kind === 'template') return undefined
  if (expr.kind === 'number' && Number.isInteger(expr.value) && expr.value >= 0) return expr.value
  if (expr.kind === 'text' && /^\d{1,9}$/.test(expr.raw)) return Number(expr.raw)
  return refuse('number', `${what} must be a whole number`, expr.at)
}
