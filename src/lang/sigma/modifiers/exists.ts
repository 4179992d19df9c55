import { changeEach, type Modifier } from './modifier.ts'

/** Whether the key is there, whatever its value. */
export const exists: Modifier = {
  names: ['exists'],
  family: 'presence',
  apply(item, reading, at) {
    if (item.values.length !== 1) {
      reading.problems.error('sigma/value', '"exists" takes one value', { at, help: 'write true or false' })
    }
    return changeEach(item, (operand, place) => {
      if (operand.kind === 'boolean') return { kind: 'presence', present: operand.value }
      reading.problems.error('sigma/value', '"exists" takes true or false', {
        at: place,
        help: 'write true or false, without quotes',
      })
      return undefined
    })
  },
}
