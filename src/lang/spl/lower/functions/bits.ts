import type { FunctionName } from '../../../../plan/functions.ts'
import type { Scalar } from '../../../../plan/scalar.ts'
import { as, call, choose, isNull, known, not, number, text } from '../../../../plan/scalars.ts'
import { eachText } from '../values.ts'
import { type EvalFunction, type EvalFunctions, MANY, takes } from './function.ts'

/** The largest whole number that bits are taken of. */
const MASK = 2 ** 53 - 1

/** Functions of bits. */
export const bits: EvalFunctions = {
  bit_and: all('bit_and'),
  bit_or: all('bit_or'),
  bit_xor: all('bit_xor'),
  bit_not: takes(1, 2, ({ value, args }) => {
    return call('bit_xor', value(0), args.length === 1 ? number(MASK) : value(1))
  }),
  bit_shift_left: takes(2, 2, ({ value }) => call('shift_left', value(0), value(1))),
  bit_shift_right: takes(2, 2, ({ value }) => call('shift_right', value(0), value(1))),
  /** An IPv4 address with the bits that a mask takes away set to 0. */
  ipmask: takes(2, 2, ({ value }) => eachText(value(1), address => masked(as('text', value(0)), address))),
}

function all(fn: FunctionName): EvalFunction {
  return takes(2, MANY, given => {
    const [first = number(null), ...rest] = given.all().map(value => as('number', value))
    return rest.reduce((left, right) => call(fn, left, right), first)
  })
}

function masked(mask: Scalar, address: Scalar): Scalar {
  const octet = (of: Scalar, place: number): Scalar =>
    as('number', call('list_at', call('split', of, text('.')), number(place)))
  const parts = [0, 1, 2, 3].flatMap(place => [
    ...(place === 0 ? [] : [text('.')]),
    call('bit_and', octet(mask, place), octet(address, place)),
  ])
  return choose(known(not(isNull(call('ip_key', address)))), call('concat', ...parts))
}
