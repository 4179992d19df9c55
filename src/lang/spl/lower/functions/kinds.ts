import type { Scalar } from '../../../../plan/scalar.ts'
import { as, call, isNull, known, not, number, text, truth } from '../../../../plan/scalars.ts'
import { compared, isNothing } from '../values.ts'
import { chosen } from './conditions.ts'
import { type EvalFunctions, type Given, takes } from './function.ts'

/** Functions that say what a value is. */
export const kinds: EvalFunctions = {
  isnull: takes(1, 1, ({ value }) => isNull(value(0))),
  isnotnull: takes(1, 1, ({ value }) => not(isNull(value(0)))),
  isnum: takes(1, 1, given => not(isNull(numberIn(given)))),
  isint: takes(1, 1, given => {
    const value = numberIn(given)
    return known(compared('eq', value, call('floor', value)))
  }),
  isdouble: takes(1, 1, given => {
    const value = numberIn(given)
    return known(compared('ne', value, call('floor', value)))
  }),
  isstr: takes(1, 1, given => {
    const one = given.value(0)
    if (one.type === 'number' || one.type === 'boolean' || isNothing(one)) return truth(false)
    return chosen([[isNull(one), truth(false)]], isNull(numberIn(given)))
  }),
  ismv: takes(1, 1, ({ value }) => {
    const one = value(0)
    return one.type === 'list' ? known(compared('gt', call('list_length', one), number(1))) : truth(false)
  }),
  isarray: takes(1, 1, ({ value }) => isJson(value(0), 'ARRAY')),
  isobject: takes(1, 1, ({ value }) => isJson(value(0), 'OBJECT')),
  isbool: takes(1, 1, ({ value }) => truth(value(0).type === 'boolean')),
  typeof: takes(1, 1, given => {
    const one = given.value(0)
    if (isNothing(one)) return text('Invalid')
    if (one.type === 'boolean') return text('Bool')
    return chosen(
      [
        [isNull(one), text('Invalid')],
        [not(isNull(numberIn(given))), text('Number')],
      ],
      text(one.type === 'list' ? 'Multivalue' : 'String'),
    )
  }),
}

/** A field may hold a number as a text; a text that is written as one is none. */
function numberIn({ args, value }: Given): Scalar {
  return args[0]?.kind === 'string' ? number(null) : as('number', value(0))
}

function isJson(value: Scalar, type: string): Scalar {
  return known(compared('eq', call('json_type', as('text', value)), text(type)))
}
