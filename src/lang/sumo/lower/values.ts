import type { Scalar } from '../../../plan/scalar.ts'
import { as, choose, compare, known, not, nothing, number, text } from '../../../plan/scalars.ts'

/** A value as Sumo Logic writes it: booleans are `true` and `false`. */
export function textOf(value: Scalar): Scalar {
  if (value.type !== 'boolean') return as('text', value)
  const when = [
    { if: value, then: text('true') },
    { if: not(value), then: text('false') },
  ]
  return { kind: 'choose', when, type: 'text' }
}

/** A value as a number, null if it is none. */
export function numberOf(value: Scalar): Scalar {
  const fixed = value.type === 'text' ? literalNumber(value) : undefined
  return fixed === undefined ? as('number', value) : number(fixed)
}

/** A value as a condition, true or false: a text is true if it says `true`, a number if it is not 0. */
export function conditionOf(value: Scalar): Scalar {
  if (value.type === 'boolean') return known(value)
  if (value.type === 'number') return known(as('boolean', value))
  return known(compare('eq', textOf(value), text('true'), { how: 'text', caseless: true }))
}

/** Two values of one type: their own if it is the same, else texts. A null literal takes the type of the other. */
export function alike(first: Scalar, second: Scalar): readonly [Scalar, Scalar] {
  if (first.type === second.type) return [first, second]
  if (isNullLiteral(first)) return [nothing(second.type), second]
  if (isNullLiteral(second)) return [first, nothing(first.type)]
  return [textOf(first), textOf(second)]
}

/** One of two values; the test is true or false. */
export function pick(test: Scalar, then: Scalar, otherwise: Scalar): Scalar {
  const [first, second] = alike(then, otherwise)
  return choose(test, first, second)
}

export function isNullLiteral(value: Scalar): boolean {
  return value.kind === 'literal' && value.value === null
}

/** The text of a literal, or `undefined`. */
export function literalText(value: Scalar | undefined): string | undefined {
  return value?.kind === 'literal' && typeof value.value === 'string' ? value.value : undefined
}

export function literalNumber(value: Scalar | undefined): number | undefined {
  if (value?.kind !== 'literal') return undefined
  if (typeof value.value === 'number') return value.value
  return typeof value.value === 'string' && /^-?\d+(\.\d+)?$/.test(value.value)
    ? Number(value.value)
    : undefined
}
