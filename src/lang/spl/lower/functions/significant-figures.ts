import type { Scalar } from '../../../../plan/scalar.ts'
import { as, call, choose, compare, isNull, known, number, text } from '../../../../plan/scalars.ts'
import type { Expression } from '../../syntax/tree.ts'
import type { Given } from './function.ts'

/** A number, and how many decimal places of it count; negative before the point. */
interface Figured {
  readonly value: Scalar
  readonly places: Scalar
}

/**
 * What `sigfig` does: a product or quotient has as many figures as the operand with the fewest, a sum or difference as
 * many decimal places. A field has those that it is written with.
 */
export function significant(given: Given): Scalar {
  const [expression] = given.args
  if (expression === undefined) return number(null)
  const { value, places } = figured(expression, given)
  return call('round', value, places)
}

function figured(expression: Expression, given: Given): Figured {
  if (expression.kind === 'sign') {
    const { places } = figured(expression.of, given)
    return { value: as('number', given.lowered(expression)), places }
  }
  if (expression.kind === 'binary' && /^[-+*/]$/.test(expression.op)) {
    const [left, right] = [figured(expression.left, given), figured(expression.right, given)]
    const value = as('number', given.lowered(expression))
    if (expression.op === '+' || expression.op === '-')
      return { value, places: call('least', left.places, right.places) }
    const figures = call('least', figuresOf(left), figuresOf(right))
    return { value, places: call('subtract', figures, digitsBefore(value)) }
  }
  const value = given.lowered(expression)
  const written = expression.kind === 'number' ? text(expression.text) : as('text', value)
  return { value: as('number', value), places: placesOf(written) }
}

function figuresOf({ value, places }: Figured): Scalar {
  return call('add', places, digitsBefore(value))
}

/** Digits before the point; of 0.05 it is -1. */
function digitsBefore(value: Scalar): Scalar {
  const power = call('floor', call('divide', call('logarithm', call('absolute', value)), number(Math.LN10)))
  return choose(isNull(power), number(1), call('add', power, number(1)))
}

function placesOf(written: Scalar): Scalar {
  const point = call('place_of', written, text('.'))
  const none = known(compare('eq', point, number(0)))
  return choose(none, number(0), call('subtract', call('length', written), point))
}
