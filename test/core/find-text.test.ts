import fc from 'fast-check'
import { expect, test } from 'vitest'
import { finder } from '../../src/core/find-text.ts'

test('a long text is found where indexOf finds it', () => {
  const piece = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(piece, piece, fc.nat(400), (unit, rest, from) => {
      const wanted = unit.repeat(60).padEnd(201, 'b').slice(0, 230)
      const text = `${rest}${wanted.slice(1)}${rest}${wanted}${rest}`
      expect(finder(wanted)(text, from)).toBe(text.indexOf(wanted, from))
    }),
  )
})

test('a text made to be slow is not', () => {
  const text = 'a'.repeat(2_000_000)
  expect(finder(`${'a'.repeat(5000)}b${'a'.repeat(3000)}`)(text, 0)).toBe(-1)
})
