import type { Order } from '../../../plan/expr.ts'
import { changeEach, type Modifier, rawText } from './modifier.ts'

/** `lt`, `lte`, `gt`, `gte`: numbers, and texts that are numbers. */
export const orders: readonly Modifier[] = [order('lt'), order('lte'), order('gt'), order('gte')]

function order(word: Order): Modifier {
  return {
    names: [word],
    family: 'order',
    apply(item, reading) {
      return changeEach(item, (operand, at) => {
        const text = rawText(operand)?.trim() ?? ''
        const number = operand.kind === 'number' ? operand.value : Number(text)
        if (operand.kind === 'number' || /^-?\d+(\.\d+)?$/.test(text)) {
          return { kind: 'order', order: word, value: number }
        }
        reading.problems.error('sigma/value', `"${word}" takes a number`, { at })
        return undefined
      })
    },
  }
}
