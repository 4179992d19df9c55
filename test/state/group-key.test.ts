import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keyOf, valuesOfKey } from '../../src/state/group-key.ts'

const values = fc.array(
  fc.option(fc.string({ unit: fc.constantFrom('1', '-', ':', 'a', '😀', '\ud800') }), { nil: undefined }),
  {
    maxLength: 4,
  },
)

test('a key says its values, and no two lists have the same', () => {
  fc.assert(
    fc.property(values, values, (one, other) => {
      expect(valuesOfKey(keyOf(one))).toEqual(one)
      expect(keyOf(one) === keyOf(other)).toBe(JSON.stringify(one) === JSON.stringify(other))
    }),
  )
})
