import { literal } from '../../../plan/pattern.ts'
import { readFieldName } from '../field-name.ts'
import { changeEach, type Modifier } from './modifier.ts'

/** The value names another field of the same event. */
export const fieldref: Modifier = {
  names: ['fieldref'],
  family: 'field',
  apply(item, reading) {
    return changeEach(item, (operand, at) => {
      const plain = operand.kind === 'text' && literal(operand.pattern) !== undefined
      const name = plain ? readFieldName(operand.raw, at, reading.problems) : ''
      if (name !== '') return { kind: 'reference', name }
      reading.problems.error('sigma/value', '"fieldref" takes the name of a field', {
        at,
        help: 'write one field, without wildcards',
      })
      return undefined
    })
  },
}
