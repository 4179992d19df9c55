import type { ColumnType } from '../../../plan/column-type.ts'
import type { Comparison, Scalar } from '../../../plan/scalar.ts'
import { as, call, coalesce, column, compare, either, nothing, text } from '../../../plan/scalars.ts'

/** Is it the literal null, as an unknown field is? */
export function isNothing(value: Scalar): boolean {
  return value.kind === 'literal' && value.value === null
}

/** The text or number that a literal holds. */
export function literalOf(value: Scalar): string | number | boolean | undefined {
  return value.kind === 'literal' && value.value !== null ? value.value : undefined
}

/** The type that can hold values of all of these; nulls have no say. */
export function commonType(values: readonly Scalar[]): ColumnType {
  const types = new Set(values.filter(value => !isNothing(value)).map(({ type }) => type))
  const [only] = types
  if (types.size === 1 && only !== undefined) return only
  return types.has('list') ? 'list' : 'text'
}

/** Does a test hold of the value, or of any member of a list? */
export function anyOf(value: Scalar, test: (one: Scalar) => Scalar): Scalar {
  if (value.type !== 'list') return test(value)
  const name = '$member'
  return { kind: 'each', how: 'any', of: value, name, body: test(column(name, 'text')), type: 'boolean' }
}

/** A text function of the value, or of every member of a list. */
export function eachText(value: Scalar, make: (one: Scalar) => Scalar): Scalar {
  if (value.type !== 'list') return make(as('text', value))
  const name = '$member'
  const body = as('text', make(column(name, 'text')))
  return { kind: 'each', how: 'map', of: value, name, body, type: 'list' }
}

/**
 * A comparison of `eval` and `where`. Of a list any member may be the one. Two texts that read as numbers are
 * compared as numbers.
 */
export function compared(op: Comparison, left: Scalar, right: Scalar, caseless = false): Scalar {
  if (isNothing(left) || isNothing(right)) return nothing('boolean')
  if (left.type === 'list') return anyOf(left, one => compared(op, one, right, caseless))
  if (right.type === 'list') return anyOf(right, one => compared(op, left, one, caseless))
  return compare(op, left, right, { caseless, how: asTexts(op, left, right) ? 'text' : 'auto' })
}

/** Whether comparing as numbers would change nothing, or would take different ids for the same number. */
function asTexts(op: Comparison, left: Scalar, right: Scalar): boolean {
  if (left.type === 'boolean' || right.type === 'boolean') return true
  return [left, right].some(side => {
    const value = literalOf(side)
    if (typeof value !== 'string') return false
    return !NUMERIC.test(value) || ((op === 'eq' || op === 'ne') && /^\d{16,}$/.test(value))
  })
}

const NUMERIC = /^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$/

/**
 * `+`: the sum of two numbers, or two texts put together, unless both read as numbers; of a text and a number that was
 * written or computed, nothing.
 */
export function plus(left: Scalar, right: Scalar): Scalar {
  if (isNothing(left) || isNothing(right)) return nothing('text')
  if (left.type === 'number' || right.type === 'number') return call('add', left, right)
  const [first, second] = [as('text', left), as('text', right)]
  const joined = call('concat', first, second)
  if (typeof literalOf(first) === 'string' && typeof literalOf(second) === 'string') return joined
  if (isWord(first) || isWord(second)) return joined
  return coalesce(as('text', call('add', first, second)), joined)
}

function isWord(value: Scalar): boolean {
  const literal = literalOf(value)
  return typeof literal === 'string' && !NUMERIC.test(literal)
}

/** `.`: both as texts. */
export function joined(left: Scalar, right: Scalar): Scalar {
  if (isNothing(left) || isNothing(right)) return nothing('text')
  return call('concat', left, right)
}

/** A condition: a field stands for its value as a number or a boolean's name. */
export function truthOf(value: Scalar): Scalar {
  if (value.type === 'boolean') return value
  if (isNothing(value)) return nothing('boolean')
  if (value.type === 'number') return as('boolean', value)
  const one = as('text', value)
  const yes = compare('eq', one, text('true'), { how: 'text', caseless: true })
  return either(yes, compare('ne', as('number', one), as('number', text('0')), { how: 'number' }))
}
