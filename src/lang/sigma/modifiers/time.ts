import type { TimePart } from '../../../plan/expr.ts'
import { changeEach, type Modifier, numberOf } from './modifier.ts'

/** Parts of a time as the event has it written; the week is that of ISO 8601. */
export const times: readonly Modifier[] = [
  time('minute', 0, 59),
  time('hour', 0, 23),
  time('day', 1, 31),
  time('week', 1, 53),
  time('month', 1, 12),
  time('year', 0, 9999),
]

function time(part: TimePart, least: number, most: number): Modifier {
  return {
    names: [part],
    family: 'time',
    apply(item, reading) {
      const timed = changeEach(item, (operand, at) => {
        const whole = operand.kind === 'order' ? operand.value : numberOf(operand)
        if (whole === undefined || !Number.isInteger(whole) || whole < least || whole > most) {
          reading.problems.error('sigma/value', `"${part}" takes a whole number from ${least} to ${most}`, {
            at,
          })
          return undefined
        }
        return operand.kind === 'order' ? operand : { kind: 'order', order: 'eq', value: whole }
      })
      return { ...timed, part }
    },
  }
}
