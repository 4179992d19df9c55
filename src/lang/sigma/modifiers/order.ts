import type { Order } from '../../../plan/expr.ts'
import { bigDigits, changeEach, type Modifier, numberOf } from './modifier.ts'

/** `lt`, `lte`, `gt`, `gte`: numbers, and texts that are numbers. */
export const orders: readonly Modifier[] = [order('lt'), order('lte'), order('gt'), order('gte')]

function order(word: Order): Modifier {
  return {
    names: [word],
    family: 'order',
    apply(item, reading) {
      return changeEach(item, (operand, at) => {
        const value = numberOf(operand)
        const digits = bigDigits(operand)
        if (value !== undefined)
          return { kind: 'order', order: word, value, ...(digits === undefined ? {} : { digits }) }
        reading.problems.error('sigma/value', `"${word}" takes a number`, { at })
        return undefined
      })
    },
  }
}
