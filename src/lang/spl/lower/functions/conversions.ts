import type { Scalar } from '../../../../plan/scalar.ts'
import {
  as,
  call,
  choose,
  compare,
  isNull,
  known,
  not,
  number,
  text,
  truth,
} from '../../../../plan/scalars.ts'
import { refuse } from '../context.ts'
import { eachText, literalOf } from '../values.ts'
import { chosen } from './conditions.ts'
import { type EvalFunction, type EvalFunctions, type Given, MANY, takes } from './function.ts'
import { printed } from './printf.ts'

/** Functions that turn values into others of the same meaning. */
export const conversions: EvalFunctions = {
  tonumber: takes(1, 2, toNumber),
  tostring: takes(1, 2, ({ value, args, at }) => {
    if (args.length === 1) return value(0).type === 'list' ? value(0) : as('text', value(0))
    const format = literalOf(value(1))
    switch (format) {
      case 'commas':
        return withCommas(as('number', value(0)))
      case 'duration':
        return duration(as('number', value(0)))
      case 'hex':
        return call('concat', text('0x'), call('upper', call('hexadecimal', value(0))))
      case 'binary':
        return inBinary(as('number', value(0)))
      default:
        return refuse(
          'spl/arguments',
          `tostring knows no format "${format}"`,
          at,
          'there is binary, commas, duration, hex',
        )
    }
  }),
  printf: takes(1, MANY, ({ all, at }) => {
    const [format, ...values] = all()
    const literal = format === undefined ? undefined : literalOf(format)
    if (typeof literal !== 'string') return refuse('spl/arguments', 'the format of printf must be a text', at)
    return printed(literal, values, problem => refuse('spl/arguments', problem, at))
  }),
  md5: takes(1, 1, ({ value }) => eachText(value(0), one => call('md5', one))),
  sha1: takes(1, 1, ({ value }) => eachText(value(0), one => call('sha1', one))),
  sha256: takes(1, 1, ({ value }) => eachText(value(0), one => call('sha256', one))),
  sha512: elsewhere('sha512', 1, 1),
  lookup: elsewhere('lookup', 3, 3),
  random: elsewhere('random', 0, 0),
  todouble: takes(1, 2, toNumber),
  toint: takes(1, 2, given => call('floor', toNumber(given))),
  /** The value as it is, in the type that it has anyway. */
  exact: takes(1, 1, ({ value }) => value(0)),
  tobool: takes(1, 1, ({ value }) => {
    const one = value(0)
    if (one.type === 'boolean') return one
    const is = (word: string): Scalar =>
      known(compare('eq', as('text', one), text(word), { how: 'text', caseless: true }))
    return chosen([
      [is('true'), truth(true)],
      [is('false'), truth(false)],
      [not(isNull(as('number', one))), as('boolean', as('number', one))],
    ])
  }),
}

/** With an optional base; a text with spaces around it is no number. */
function toNumber({ value, args, at }: Given): Scalar {
  const base = args.length === 1 ? 10 : Number(literalOf(value(1)))
  if (!(base >= 2 && base <= 36))
    return refuse('spl/arguments', 'the base of a number must be a number from 2 to 36', at)
  const of = value(0)
  if (of.type === 'number') return of
  const whole = as('text', of)
  const bare = known(compare('eq', whole, call('trim', whole, text(' \t\n')), { how: 'text' }))
  if (base === 10) return choose(bare, as('number', whole))
  const fn = NAMED_BASES.has(base) ? 'number_in_base' : 'number_in_any_base'
  return choose(bare, call(fn, whole, number(base)))
}

/** What `eval` and `where` take out of their expressions before these are lowered (`hoisted.ts`). */
function elsewhere(name: string, least: number, most: number): EvalFunction {
  return takes(least, most, ({ at }) =>
    refuse(
      'spl/unsupported-function',
      `${name}() runs in eval and where alone`,
      at,
      'put it into a field first',
    ),
  )
}

/** Bases that the plan's other function knows, which takes signs and `0x` too. */
const NAMED_BASES: ReadonlySet<number> = new Set([2, 8, 10, 16])

/** The digits of a whole number, whose hexadecimal ones stand for four each. */
function inBinary(value: Scalar): Scalar {
  const digits = Array.from({ length: 16 }, (_, digit) => digit)
  const wide = digits.reduce<Scalar>(
    (of, digit) => {
      // Letters first, lest a digit that was put in is taken for one that was there.
      return call(
        'replace_text',
        of,
        text(String.fromCharCode(65 + digit)),
        text(digit.toString(2).padStart(4, '0')),
      )
    },
    asLetters(call('hexadecimal', value)),
  )
  return chosen([[known(compare('eq', value, number(0))), text('0')]], call('trim_left', wide, text('0')))
}

/** Hexadecimal digits as the letters A to P. */
function asLetters(hex: Scalar): Scalar {
  return Array.from({ length: 16 }, (_, digit) => digit).reduce<Scalar>(
    (of, digit) => call('replace_text', of, text(digit.toString(16)), text(String.fromCharCode(65 + digit))),
    call('lower', hex),
  )
}

/** Two decimal places unless it is whole. */
function withCommas(value: Scalar): Scalar {
  const whole = known(compare('eq', value, call('floor', value), { how: 'number' }))
  return choose(whole, call('fixed_grouped', value, number(0)), call('fixed_grouped', value, number(2)))
}

/** `HH:MM:SS`, with `D+` before it for whole days, a sign before all, and six places behind it if there are parts of a second. */
function duration(value: Scalar): Scalar {
  const seconds = call('absolute', value)
  const days = call('floor', call('divide', seconds, number(86_400)))
  const rest = call('modulo', seconds, number(86_400))
  const whole = known(compare('eq', seconds, call('floor', seconds)))
  const written = (format: string): Scalar => call('format_time', rest, text(format))
  const clock = choose(whole, written('%H:%M:%S'), written('%H:%M:%S.%f'))
  const long = compare('gte', seconds, number(86_400))
  const sign = choose(known(compare('lt', value, number(0))), text('-'), text(''))
  return call('concat', sign, choose(known(long), call('concat', days, text('+'), clock), clock))
}
