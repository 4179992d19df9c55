import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Amounts, type PackedAmounts } from '../../src/state/amounts.ts'

const MINUTE = 60_000
const entries = fc.array(
  fc.record({ group: fc.integer({ min: 0, max: 0xffffffff }), minute: fc.nat(500), amount: fc.nat(9) }),
  { maxLength: 200 },
)
type Entries = readonly { readonly group: number; readonly minute: number; readonly amount: number }[]

function amountsOf(all: Entries, most: number): Amounts {
  const amounts = new Amounts(['sum', 'most'], MINUTE, most)
  for (const { group, minute, amount } of all) amounts.add(group, minute * MINUTE, [amount, amount])
  return amounts
}

/** The entry that some time of a group belongs to. */
function at({ span, mask, groups, spans, numbers }: PackedAmounts, group: number, time: number) {
  const own = (group & mask) >>> 0
  const entry = groups.findIndex((one, place) => one === own && spans[place] === Math.floor(time / span))
  return { sum: numbers[entry * 2] ?? 0, most: numbers[entry * 2 + 1] ?? 0 }
}

test('amounts are exact while there is room', () => {
  fc.assert(
    fc.property(entries, all => {
      const packed = amountsOf(all, 1000).packed()
      for (const { group, minute } of all) {
        const same = all.filter(one => one.group === group && one.minute === minute)
        const amounts = same.map(({ amount }) => amount)
        expect(at(packed, group, minute * MINUTE)).toEqual({
          sum: amounts.reduce((sum, amount) => sum + amount, 0),
          most: Math.max(...amounts),
        })
      }
    }),
  )
})

test('without room they only grow, and stay bounded, also where several are joined', () => {
  fc.assert(
    fc.property(entries, entries, (some, others) => {
      const exact = amountsOf([...some, ...others], 1000).packed()
      const joined = amountsOf(some, 8)
      const other = amountsOf(others, 5).packed()
      expect(joined.packed().groups.length).toBeLessThanOrEqual(8)
      expect(other.groups.length).toBeLessThanOrEqual(5)
      joined.join(other)
      const packed = joined.packed()
      for (const { group, minute } of [...some, ...others]) {
        const least = at(exact, group, minute * MINUTE)
        const own = at(packed, group, minute * MINUTE)
        expect(own.sum).toBeGreaterThanOrEqual(least.sum)
        expect(own.most).toBeGreaterThanOrEqual(least.most)
      }
      const total = (sums: PackedAmounts) =>
        sums.numbers.reduce((sum, one, place) => (place % 2 === 0 ? sum + one : sum), 0)
      expect(total(packed)).toBe(total(exact))
    }),
  )
})
