import type { Expr, Field } from './expr.ts'
import { any } from './pattern.ts'

const LABEL = 'hidden by a key with dots'

/**
 * May a key with dots hide the path that a search means? `{"a.b": {}, "a": {"b": 1}}`: a condition on `a.b` sees what is under
 * the literal key, a search looks further if that is an object or a list.
 */
export function hiddenPath(of: Field): Expr {
  return {
    kind: 'or',
    of: ['{', '['].map(first => ({ kind: 'match', of, pattern: [first, any], caseless: true })),
    label: LABEL,
  }
}

/** The field of a condition that `hiddenPath` made; undefined for others. */
export function hiddenField(expr: Expr): Field | undefined {
  if (expr.kind !== 'or' || expr.label !== LABEL) return undefined
  const [first] = expr.of
  return first?.kind === 'match' ? first.of : undefined
}
