import type { FunctionName } from '../../../../plan/functions.ts'
import type { Scalar } from '../../../../plan/scalar.ts'
import {
  as,
  call,
  choose,
  column,
  compare,
  either,
  isNull,
  known,
  not,
  number,
} from '../../../../plan/scalars.ts'
import { isNothing, literalOf } from '../values.ts'
import { chosen } from './conditions.ts'
import { type EvalFunction, type EvalFunctions, MANY, takes } from './function.ts'
import { significant } from './significant-figures.ts'

/** Functions of numbers. */
export const math: EvalFunctions = {
  abs: one('absolute'),
  ceil: one('ceiling'),
  ceiling: one('ceiling'),
  floor: one('floor'),
  sqrt: one('square_root'),
  exp: one('exponential'),
  ln: one('logarithm'),
  log: takes(1, 2, ({ value, args }) => {
    const base = args.length === 1 ? number(10) : value(1)
    return call('divide', call('logarithm', value(0)), call('logarithm', base))
  }),
  sin: one('sine'),
  cos: one('cosine'),
  tan: one('tangent'),
  asin: one('arcsine'),
  acos: one('arccosine'),
  atan: one('arctangent'),
  sinh: takes(1, 1, ({ value }) => half(call('subtract', grown(value(0)), shrunk(value(0))))),
  cosh: takes(1, 1, ({ value }) => half(call('add', grown(value(0)), shrunk(value(0))))),
  tanh: takes(1, 1, ({ value }) => {
    const [up, down] = [grown(value(0)), shrunk(value(0))]
    return call('divide', call('subtract', up, down), call('add', up, down))
  }),
  asinh: takes(1, 1, ({ value }) => call('logarithm', call('add', value(0), rootOfSquare(value(0), 1)))),
  acosh: takes(1, 1, ({ value }) => call('logarithm', call('add', value(0), rootOfSquare(value(0), -1)))),
  atanh: takes(1, 1, ({ value }) => {
    const [above, below] = [call('add', number(1), value(0)), call('subtract', number(1), value(0))]
    return half(call('logarithm', call('divide', above, below)))
  }),
  atan2: takes(2, 2, ({ value }) => call('arctangent_of_two', value(0), value(1))),
  hypot: takes(2, 2, ({ value }) => {
    const square = (side: Scalar): Scalar => call('multiply', side, side)
    return call('square_root', call('add', square(value(0)), square(value(1))))
  }),
  pi: takes(0, 0, () => number(Math.PI)),
  pow: takes(2, 2, ({ value }) => call('power', value(0), value(1))),
  round: takes(1, 2, ({ value, args }) => call('round', value(0), args.length === 1 ? number(0) : value(1))),
  sigfig: takes(1, 1, significant),
  sum: takes(1, MANY, ({ all }) => choose(any(all()), total(all()))),
  avg: takes(1, MANY, ({ all }) => call('divide', total(all()), count(all()))),
  min: takes(1, MANY, ({ all }) => extreme(all(), 'lt')),
  max: takes(1, MANY, ({ all }) => extreme(all(), 'gt')),
}

function one(fn: FunctionName): EvalFunction {
  return takes(1, 1, ({ value }) => call(fn, value(0)))
}

function half(value: Scalar): Scalar {
  return call('divide', value, number(2))
}

function grown(value: Scalar): Scalar {
  return call('exponential', value)
}

function shrunk(value: Scalar): Scalar {
  return call('exponential', call('subtract', number(0), value))
}

function rootOfSquare(value: Scalar, more: number): Scalar {
  return call('square_root', call('add', call('multiply', value, value), number(more)))
}

function orZero(value: Scalar): Scalar {
  return choose(isNull(value), number(0), value)
}

/** What is no number counts for nothing; of a list every member counts. */
function numeric(value: Scalar): Scalar {
  return value.type === 'list' ? call('list_sum', value) : as('number', value)
}

function any(all: readonly Scalar[]): Scalar {
  return either(...all.map(value => not(isNull(numeric(value)))))
}

function total(all: readonly Scalar[]): Scalar {
  return all.reduce<Scalar>((sum, value) => call('add', sum, orZero(numeric(value))), number(0))
}

/** How many numbers there are. */
function count(all: readonly Scalar[]): Scalar {
  return all.reduce<Scalar>((sum, value) => call('add', sum, orZero(numbersIn(value))), number(0))
}

function numbersIn(value: Scalar): Scalar {
  if (value.type !== 'list') return choose(isNull(as('number', value)), number(0), number(1))
  const body = not(isNull(as('number', column('$member', 'text'))))
  return call('list_length', { kind: 'each', how: 'filter', of: value, name: '$member', body, type: 'list' })
}

/** The smallest or largest: numbers before texts, which are all greater; nulls are left out. */
function extreme(all: readonly Scalar[], order: 'lt' | 'gt'): Scalar {
  const within = order === 'lt' ? 'list_least' : 'list_greatest'
  const values = all
    .filter(value => !isNothing(value))
    .map(value => (value.type === 'list' ? call(within, value) : value))
  if (values.every(value => value.type === 'number' || typeof literalOf(value) === 'number')) {
    return call(order === 'lt' ? 'least' : 'greatest', ...values)
  }
  const [first, ...rest] = values.map(value => (value.type === 'number' ? value : as('text', value)))
  if (first === undefined) return number(null)
  return rest.reduce((best, value) => better(best, value, order), first)
}

function better(best: Scalar, value: Scalar, order: 'lt' | 'gt'): Scalar {
  const wins = known(compare(order, value, best))
  return chosen(
    [
      [isNull(best), value],
      [wins, value],
    ],
    best,
  )
}
