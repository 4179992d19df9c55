import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BoundedMap } from '../../src/analytics/bounded-map.ts'
import { OrderedMap } from '../../src/analytics/ordered-map.ts'
import '../seed.ts'

const step = fc.record({
  what: fc.constantFrom('set', 'delete', 'oldest', 'take'),
  key: fc.integer({ min: 0, max: 9 }),
})

test('the oldest is at hand, whatever was set again and deleted', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), steps => {
      const map = new OrderedMap<number, number>()
      const plain = new Map<number, number>()
      steps.forEach(({ what, key }, number) => {
        const [oldest] = plain
        if (what === 'set') {
          map.set(key, number)
          plain.delete(key)
          plain.set(key, number)
        } else if (what === 'delete') {
          map.delete(key)
          plain.delete(key)
        } else {
          expect(map.oldest()).toEqual(oldest)
          if (what === 'oldest' || oldest === undefined) return
          map.delete(oldest[0])
          plain.delete(oldest[0])
        }
        expect([...map.values()]).toEqual([...plain.values()])
        expect([map.size, map.get(key)]).toEqual([plain.size, plain.get(key)])
      })
    }),
    { numRuns: Number(process.env['RUNS'] ?? 200) },
  )
})

test('of too many the one that was set longest ago goes, and is counted', () => {
  const map = new BoundedMap<string, number>(2)
  for (const [key, value] of [
    ['a', 1],
    ['b', 2],
    ['a', 3],
    ['c', 4],
  ] as const)
    map.set(key, value)
  expect([[...map.values()], map.get('b'), map.evicted]).toEqual([[3, 4], undefined, 1])
})
