import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nameIndex } from '../../src/context/name-index.ts'
import { addressOf, networkIndex } from '../../src/context/network-index.ts'
import { escapedPattern, matcher, patternsMeet } from '../../src/context/pattern-text.ts'
import { Suppressions } from '../../src/context/suppressions.ts'
import { inNetwork, parseNetwork } from '../../src/core/ip.ts'
import { field } from '../../src/plan/expr.ts'
import { duringTest } from '../../src/plan/iso-time.ts'
import { readPattern } from '../../src/plan/read-pattern.ts'
import { compile } from '../../src/scan/compile.ts'

const shortText = fc.string({ unit: fc.constantFrom('a', 'B', '-', '*', '?', '\\'), maxLength: 6 })

/** The plainest way to say what a pattern means. */
function plainMatch(pattern: string, text: string): boolean {
  const parts = readPattern(pattern).map(part =>
    typeof part === 'string'
      ? part.replace(/[\\^$.*+?()[\]{}|-]/g, '\\$&')
      : part.wild === 'any'
        ? '[^]*'
        : '[^]',
  )
  return new RegExp(`^${parts.join('')}$`, 'i').test(text)
}

test('an index of names finds what trying them one by one finds, in the same order', () => {
  fc.assert(
    fc.property(fc.array(shortText, { maxLength: 8 }), shortText, (patterns, text) => {
      const index = nameIndex(
        patterns.map((pattern, place) => [pattern, place] as const),
        true,
      )
      const plain = patterns.flatMap((pattern, place) => (plainMatch(pattern, text) ? [place] : []))
      expect(index.find(text)).toEqual(plain)
    }),
  )
})

test('an escaped text matches itself', () => {
  fc.assert(fc.property(fc.string(), text => matcher(readPattern(escapedPattern(text)))(text.toLowerCase())))
})

test('two patterns meet if one text matches both', () => {
  fc.assert(
    fc.property(shortText, shortText, shortText, (left, right, text) => {
      if (plainMatch(left, text) && plainMatch(right, text))
        expect(patternsMeet(readPattern(left), readPattern(right))).toBe(true)
    }),
  )
  expect(patternsMeet(readPattern('a*b'), readPattern('a*c'))).toBe(false)
  expect(patternsMeet(readPattern('ab*'), readPattern('*ba'))).toBe(true)
  expect(patternsMeet(readPattern('a?'), readPattern('a'))).toBe(false)
})

test('an index of networks finds the smallest first, and those that a plain test finds', () => {
  const bits = fc.integer({ min: 0, max: 32 })
  const octet = fc.constantFrom(0, 1, 128, 255)
  const network = fc.tuple(octet, octet, bits).map(([first, second, length]) => {
    const number = ((first << 24) | (second << 16)) >>> 0
    const kept = length === 0 ? 0 : (number & (-1 << (32 - length))) >>> 0
    return `${[24, 16, 8, 0].map(shift => (kept >>> shift) & 255).join('.')}/${length}`
  })
  fc.assert(
    fc.property(fc.array(network, { maxLength: 10 }), fc.tuple(octet, octet, octet), (texts, [a, b, c]) => {
      const ip = addressOf(`${a}.${b}.0.${c}`)
      if (ip === undefined) throw new Error('bug: no address')
      const found = networkIndex(texts.map(text => [text, text] as const)).find(ip)
      const plain = texts.filter(text => {
        const one = parseNetwork(text)
        return typeof one !== 'string' && inNetwork(ip, one)
      })
      expect([...found].sort()).toEqual([...plain].sort())
      const lengths = found.map(text => Number(text.split('/')[1]))
      expect(lengths).toEqual([...lengths].sort((x, y) => y - x))
    }),
  )
})

test('a time is in a range if it is not before its beginning and before its end', () => {
  const second = fc.integer({ min: 0, max: 4_000_000_000 }).map(number => number * 1000)
  fc.assert(
    fc.property(second, second, fc.integer({ min: -2, max: 2 }), (from, until, near) => {
      for (const time of [
        from + near * 1000,
        until + near * 1000,
        Math.floor((from + until) / 2000) * 1000,
      ]) {
        if (time < 0) continue
        const event = { eventTime: new Date(time).toISOString().replace('.000', '') }
        const inside = compile(duringTest(field('eventTime'), { from, until }))(event)
        expect(inside).toBe(time >= from && time < until)
      }
    }),
  )
})

test('suppressions count what each entry hid, in any order alike', () => {
  const row = (line: number) => ({
    table: 't',
    file: 't.yaml',
    line,
    cells: new Map([['ticket', ['CHG-1']]]),
  })
  const rows = [row(1), row(2)]
  const record = (order: readonly number[]) => {
    const suppressions = new Suppressions()
    for (const number of order) {
      const one = rows[number % 3 === 0 ? 1 : 0]
      if (one !== undefined) suppressions.record(one, `event-${String(number).padStart(3, '0')}`)
    }
    return suppressions.list()
  }
  const numbers = Array.from({ length: 90 }, (_, number) => number)
  const list = record(numbers)
  expect(list.map(({ entry, count }) => [entry, count])).toEqual([
    ['t.yaml:1 (CHG-1)', 60],
    ['t.yaml:2 (CHG-1)', 30],
  ])
  expect(list[0]?.samples.length).toBe(20)
  expect(record([...numbers].reverse())).toEqual(list)
})
