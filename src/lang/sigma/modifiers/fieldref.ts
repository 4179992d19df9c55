import { withoutSpaces } from '../metadata.ts'
import { changeEach, type Modifier } from './modifier.ts'

/** The value names another field of the same event. */
export const fieldref: Modifier = {
  names: ['fieldref'],
  family: 'field',
  apply(item, reading) {
    return changeEach(item, (operand, at) => {
      const name = operand.kind === 'text' ? withoutSpaces(operand.raw) : ''
      if (name !== '') return { kind: 'reference', name }
      reading.problems.error('sigma/value', '"fieldref" takes the name of a field', { at })
      return undefined
    })
  },
}
