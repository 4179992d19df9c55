import type { Json, JsonObject } from '../core/json.ts'
import { never } from '../core/never.ts'
import type { Field, Leaf, SameHow } from '../plan/expr.ts'
import type { FieldReader } from './read.ts'

/** Compares two fields of one event by text; holds if any value of the one fits any value of the other. */
export function sameTest(
  leaf: Extract<Leaf, { readonly kind: 'same' }>,
  fields: (field: Field) => FieldReader,
): (event: JsonObject) => boolean {
  const left = fields(leaf.of)
  const right = fields(leaf.other)
  const fold = leaf.caseless ? (text: string) => text.toLowerCase() : (text: string) => text
  return event =>
    right(event, other => {
      const text = scalarText(other)
      return text !== undefined && left(event, value => fits(leaf.how, fold, scalarText(value), text))
    })
}

function scalarText(value: Json): string | undefined {
  return value === null || typeof value === 'object' ? undefined : String(value)
}

function fits(
  how: SameHow,
  fold: (text: string) => string,
  left: string | undefined,
  right: string,
): boolean {
  if (left === undefined) return false
  switch (how) {
    case 'equals':
      return fold(left) === fold(right)
    case 'startswith':
      return fold(left).startsWith(fold(right))
    case 'endswith':
      return fold(left).endsWith(fold(right))
    case 'contains':
      return fold(left).includes(fold(right))
    default:
      return never(how)
  }
}
