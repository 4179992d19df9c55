import type { SameHow } from '../../../plan/expr.ts'
import { asText, changeEach, type Modifier } from './modifier.ts'

/** `contains`, `startswith`, `endswith`: numbers and booleans are compared by their text. */
export const positions: readonly Modifier[] = [
  position('contains'),
  position('startswith'),
  position('endswith'),
]

function position(how: SameHow): Modifier {
  return {
    names: [how],
    family: 'position',
    apply(item, reading) {
      const { problems } = reading
      const located = changeEach(item, (operand, at) => {
        if (operand.kind === 'regex') {
          problems.warn('sigma/idle-modifier', `"${how}" changes nothing about a regular expression`, {
            at,
            help: 'it is searched anywhere in the value; anchor it with ^ or $',
          })
        }
        if (operand.kind !== 'null') return asText(operand)
        problems.error('sigma/value', `"${how}" has no meaning for an empty value`, { at })
        return undefined
      })
      return { ...located, how }
    },
  }
}
