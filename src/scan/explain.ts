import type { JsonObject } from '../core/json.ts'
import type { Expr, Leaf } from '../plan/expr.ts'
import { compile } from './compile.ts'
import { shortText } from './matched.ts'
import { valuesOf } from './read.ts'

/** A condition and what it came to on one event. */
export interface Verdict {
  readonly expr: Expr
  readonly holds: boolean
  /** The values that a single test saw, as text; empty where the field is missing. */
  readonly values: readonly string[]
  readonly inside: readonly Verdict[]
}

/** Values shown a test. */
const SHOWN = 5

/** Evaluates every part of a condition, also those that a short cut would have left out. */
export function explain(expr: Expr, event: JsonObject): Verdict {
  const holds = compile(expr)(event)
  switch (expr.kind) {
    case 'and':
    case 'or':
      return { expr, holds, values: [], inside: expr.of.map(inner => explain(inner, event)) }
    case 'not':
      return { expr, holds, values: [], inside: [explain(expr.of, event)] }
    default:
      return { expr, holds, values: seenBy(expr, event), inside: [] }
  }
}

function seenBy(leaf: Leaf, event: JsonObject): readonly string[] {
  if (leaf.kind === 'constant' || leaf.kind === 'keyword') return []
  const fields = leaf.kind === 'same' ? [leaf.of, leaf.other] : [leaf.of]
  const values = fields.flatMap(field => valuesOf(event, field)).map(shortText)
  return values.length > SHOWN ? [...values.slice(0, SHOWN), `… ${values.length - SHOWN} more`] : values
}
