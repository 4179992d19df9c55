import type { FunctionName } from '../../../plan/functions.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { call, choose, compare, either, isNull, known, not, number, text } from '../../../plan/scalars.ts'
import { literalNumber, numberOf, textOf } from '../lower/values.ts'
import { arg, define, type SumoFunction } from './function.ts'

/** Functions of the plan of one number, under their names in Sumo Logic. */
const ONE: readonly (readonly [string, FunctionName])[] = [
  ['abs', 'absolute'],
  ['ceil', 'ceiling'],
  ['floor', 'floor'],
  ['sqrt', 'square_root'],
  ['exp', 'exponential'],
  ['log', 'logarithm'],
  ['sin', 'sine'],
  ['cos', 'cosine'],
  ['tan', 'tangent'],
  ['asin', 'arcsine'],
  ['acos', 'arccosine'],
  ['atan', 'arctangent'],
]

/** Numbers and casts to them. */
export const numbers: readonly SumoFunction[] = [
  ...ONE.map(([name, fn]) => define(name, [1, 1], args => call(fn, numberOf(arg(args, 0))))),
  define('num number double todouble', [1, 1], args => numberOf(arg(args, 0))),
  define('int toint integer long tolong', [1, 1], args => whole(numberOf(arg(args, 0)))),
  define('round', [1, 2], args => call('round', numberOf(arg(args, 0)), args[1] ?? number(0))),
  define('pow power', [2, 2], args => call('power', numberOf(arg(args, 0)), numberOf(arg(args, 1)))),
  define('atan2', [2, 2], args => call('arctangent_of_two', numberOf(arg(args, 0)), numberOf(arg(args, 1)))),
  define('cbrt', [1, 1], args => root(numberOf(arg(args, 0)))),
  define('log10', [1, 1], args => call('divide', call('logarithm', arg(args, 0)), number(Math.LN10))),
  define('log1p', [1, 1], args => call('logarithm', call('add', arg(args, 0), number(1)))),
  define('expm1', [1, 1], args => call('subtract', call('exponential', arg(args, 0)), number(1))),
  define('hypot', [2, 2], args =>
    call('square_root', call('add', square(arg(args, 0)), square(arg(args, 1)))),
  ),
  define('sinh', [1, 1], args => halves(arg(args, 0), 'subtract')),
  define('cosh', [1, 1], args => halves(arg(args, 0), 'add')),
  define('tanh', [1, 1], args =>
    call('divide', halves(arg(args, 0), 'subtract'), halves(arg(args, 0), 'add')),
  ),
  define('toradians', [1, 1], args => call('multiply', arg(args, 0), number(Math.PI / 180))),
  define('todegrees', [1, 1], args => call('multiply', arg(args, 0), number(180 / Math.PI))),
  define('min', [2, 2], args => call('least', ...args.map(numberOf))),
  define('max', [2, 2], args => call('greatest', ...args.map(numberOf))),
  define('isnumeric', [1, 1], args => isNumeric(arg(args, 0))),
  define('isnan', [1, 1], args => isNull(numberOf(arg(args, 0)))),
  define('isinfinity', [1, 1], args =>
    known(compare('gt', call('absolute', numberOf(arg(args, 0))), number(Number.MAX_VALUE))),
  ),
  define('hextodec parsehex', [1, 1], args => ofHexadecimal(textOf(arg(args, 0)))),
  define('dectohex', [1, 1], args => hexadecimal(whole(numberOf(arg(args, 0))))),
  define('haversine', [4, 4], args => haversine(args.map(numberOf))),
]

/** Java's numbers: also `0x1F`, `017`, `12L` and `1.5f`, but not `09`. */
const JAVA_NUMBER =
  '^[-+]?(?:0[xX][0-9a-fA-F]+|(?:0[0-7]*|[1-9][0-9]*)[lLfFdD]?|(?:[0-9]+\\.[0-9]*|\\.[0-9]+)(?:[eE][-+]?[0-9]+)?[fFdD]?|[0-9]+[eE][-+]?[0-9]+[fFdD]?)$'

function isNumeric(value: Scalar): Scalar {
  if (value.type === 'number') return not(isNull(value))
  const regex = { source: JAVA_NUMBER, caseless: false, multiline: false, dotall: false }
  return known({ kind: 'search', of: textOf(value), regex, type: 'boolean' })
}

/** Cut off behind the point. */
function whole(value: Scalar): Scalar {
  const fixed = literalNumber(value)
  if (fixed !== undefined) return number(Math.trunc(fixed))
  return choose(compare('lt', value, number(0)), call('ceiling', value), call('floor', value))
}

const WORD = 2 ** 32

/** Upper case; a number below 0 as the 64 bits of its two's complement. */
function hexadecimal(value: Scalar): Scalar {
  const low = call('modulo', call('add', call('modulo', value, number(WORD)), number(WORD)), number(WORD))
  const high = call('add', call('floor', call('divide', value, number(WORD))), number(WORD))
  const digits = (of: Scalar): Scalar => call('pad_left', call('hexadecimal', of), number(8), text('0'))
  const negative = call('concat', digits(high), digits(low))
  return call('upper', choose(compare('lt', value, number(0)), negative, call('hexadecimal', value)))
}

/** Up to 16 digits, perhaps behind `0x`; from 8000000000000000 on they are a number below 0. */
function ofHexadecimal(value: Scalar): Scalar {
  const regex = {
    source: '^\\s*(?:0[xX])?([0-9a-fA-F]{1,16})\\s*$',
    caseless: false,
    multiline: false,
    dotall: false,
  }
  const written: Scalar = { kind: 'capture', of: value, regex, group: 1, all: false, type: 'text' }
  const digits = call('pad_left', written, number(16), text('0'))
  const half = (from: number): Scalar =>
    call('number_of_hexadecimal', call('substring', digits, number(from), number(8)))
  const high = half(1)
  const signed = choose(compare('gte', high, number(WORD / 2)), call('subtract', high, number(WORD)), high)
  return call('add', call('multiply', signed, number(WORD)), half(9))
}

function square(value: Scalar): Scalar {
  return call('multiply', value, value)
}

function root(value: Scalar): Scalar {
  const size = call('power', call('absolute', value), number(1 / 3))
  return choose(compare('lt', value, number(0)), call('subtract', number(0), size), size)
}

function halves(value: Scalar, how: 'add' | 'subtract'): Scalar {
  const other = call('exponential', call('subtract', number(0), value))
  return call('divide', call(how, call('exponential', value), other), number(2))
}

/** The radius of the earth in km with which the example of Sumo Logic's documentation comes out. */
const EARTH = 6372.8

/** Kilometres between two places given in degrees. */
function haversine(args: readonly Scalar[]): Scalar {
  const [north, east, north2, east2] = args.map(degrees => call('multiply', degrees, number(Math.PI / 180)))
  if (north === undefined || east === undefined || north2 === undefined || east2 === undefined) {
    throw new Error('bug: haversine takes four numbers')
  }
  const half = (from: Scalar, to: Scalar) =>
    square(call('sine', call('divide', call('subtract', to, from), number(2))))
  const across = call(
    'multiply',
    call('multiply', call('cosine', north), call('cosine', north2)),
    half(east, east2),
  )
  const chord = call('least', number(1), call('add', half(north, north2), across))
  const distance = call('multiply', number(2 * EARTH), call('arcsine', call('square_root', chord)))
  return choose(either(...args.map(isNull)), number(null), distance)
}
