import type { ColumnType } from './column-type.ts'
import { type FunctionName, functions } from './functions.ts'
import type { Comparison, Scalar } from './scalar.ts'

/** Short ways to make scalars of the right type. */

export function text(value: string | null): Scalar {
  return { kind: 'literal', value, type: 'text' }
}

export function number(value: number | null): Scalar {
  return { kind: 'literal', value, type: 'number' }
}

export function truth(value: boolean | null): Scalar {
  return { kind: 'literal', value, type: 'boolean' }
}

/** A missing value of a type. */
export function nothing(type: ColumnType): Scalar {
  return { kind: 'literal', value: null, type }
}

export function column(name: string, type: ColumnType): Scalar {
  return { kind: 'column', name, type }
}

/** A function's value; its arguments are cast to the types that it takes. */
export function call(fn: FunctionName, ...args: readonly Scalar[]): Scalar {
  const signature = functions[fn]
  const wanted = signature.args as readonly string[]
  const cast = args.map((arg, at) => {
    const type = wanted[Math.min(at, wanted.length - 1)] ?? 'text'
    return as(type.replace('...', '') as ColumnType, arg)
  })
  return { kind: 'call', fn, args: cast, type: signature.type }
}

/**
 * A value as another type. A text that is no number is null as a number; a list as a text is its members joined
 * by line ends, as a number its only member; a boolean is `True` or `False` as a text and 1 or 0 as a number.
 */
export function as(type: ColumnType, value: Scalar): Scalar {
  if (value.type === type) return value
  if (value.kind === 'literal' && value.value === null) return nothing(type)
  switch (type) {
    case 'text':
      return asText(value)
    case 'number':
      return asNumber(value)
    case 'boolean':
      return {
        kind: 'compare',
        op: 'ne',
        as: 'number',
        caseless: false,
        left: asNumber(value),
        right: number(0),
        type,
      }
    case 'list':
      return { kind: 'call', fn: 'list_of', args: [asText(value)], type }
    default:
      return type satisfies never
  }
}

function asText(value: Scalar): Scalar {
  const { type } = value
  switch (type) {
    case 'text':
      return value
    case 'number':
      return { kind: 'call', fn: 'text_of_number', args: [value], type: 'text' }
    case 'boolean':
      return { kind: 'call', fn: 'text_of_boolean', args: [value], type: 'text' }
    case 'list':
      return { kind: 'call', fn: 'list_join', args: [value, text('\n')], type: 'text' }
    default:
      return type satisfies never
  }
}

function asNumber(value: Scalar): Scalar {
  if (value.type === 'number') return value
  if (value.type === 'boolean') {
    const when = [
      { if: value, then: number(1) },
      { if: not(value), then: number(0) },
    ]
    return { kind: 'choose', when, type: 'number' }
  }
  return { kind: 'call', fn: 'number_of', args: [asText(value)], type: 'number' }
}

export function not(of: Scalar): Scalar {
  return { kind: 'not', of, type: 'boolean' }
}

export function both(...of: readonly Scalar[]): Scalar {
  return of.length === 1 && of[0] !== undefined ? of[0] : { kind: 'and', of, type: 'boolean' }
}

export function either(...of: readonly Scalar[]): Scalar {
  return of.length === 1 && of[0] !== undefined ? of[0] : { kind: 'or', of, type: 'boolean' }
}

export function isNull(of: Scalar): Scalar {
  return { kind: 'null', of, type: 'boolean' }
}

export function known(of: Scalar): Scalar {
  return { kind: 'known', of, type: 'boolean' }
}

/**
 * A comparison: as numbers if either side is one and the other is cast, as texts for two texts if `how` says so,
 * else `auto`.
 */
export function compare(
  op: Comparison,
  left: Scalar,
  right: Scalar,
  {
    how = 'auto',
    caseless = false,
  }: { readonly how?: 'auto' | 'text' | 'number'; readonly caseless?: boolean } = {},
): Scalar {
  const type = how === 'auto' && left.type === 'number' && right.type === 'number' ? 'number' : how
  const side = type === 'number' ? 'number' : 'text'
  return {
    kind: 'compare',
    op,
    as: type,
    caseless,
    left: as(side, left),
    right: as(side, right),
    type: 'boolean',
  }
}

/** The first that is not null, as the type of the first. */
export function coalesce(first: Scalar, ...others: readonly Scalar[]): Scalar {
  const [next, ...rest] = others
  if (next === undefined) return first
  const otherwise = as(first.type, coalesce(next, ...rest))
  return { kind: 'choose', when: [{ if: not(isNull(first)), then: first }], otherwise, type: first.type }
}

/** `if` condition `then` one, else the other; the other is cast to the type of the first. */
export function choose(condition: Scalar, then: Scalar, otherwise?: Scalar): Scalar {
  return {
    kind: 'choose',
    when: [{ if: condition, then }],
    ...(otherwise === undefined ? {} : { otherwise: as(then.type, otherwise) }),
    type: then.type,
  }
}
