import { expect, test } from 'vitest'
import { Xxh64 } from '../../../src/engines/files/xxh64.ts'

const MASK = (1n << 64n) - 1n
const P = [
  0x9e3779b185ebca87n,
  0xc2b2ae3d27d4eb4fn,
  0x165667b19e3779f9n,
  0x85ebca77c2b2ae63n,
  0x27d4eb2f165667c5n,
] as const

const rotated = (word: bigint, by: bigint): bigint => ((word << by) | (word >> (64n - by))) & MASK
const round = (lane: bigint, input: bigint): bigint =>
  (rotated((lane + input * P[1]) & MASK, 31n) * P[0]) & MASK

/** The same written as the specification has it. */
function plainly(bytes: Buffer): bigint {
  let word = P[4]
  let at = 0
  if (bytes.length >= 32) {
    const lanes = [(P[0] + P[1]) & MASK, P[1] as bigint, 0n, -P[0] & MASK]
    for (; at + 32 <= bytes.length; at += 32)
      lanes.forEach((lane, place) => {
        lanes[place] = round(lane, bytes.readBigUInt64LE(at + 8 * place))
      })
    const turns = [1n, 7n, 12n, 18n]
    word = lanes.reduce((sum, lane, place) => (sum + rotated(lane, turns[place] ?? 0n)) & MASK, 0n) as never
    for (const lane of lanes) word = (((word ^ round(0n, lane)) * P[0] + P[3]) & MASK) as never
  }
  let sum: bigint = (word + BigInt(bytes.length)) & MASK
  for (; at + 8 <= bytes.length; at += 8)
    sum = (rotated(sum ^ round(0n, bytes.readBigUInt64LE(at)), 27n) * P[0] + P[3]) & MASK
  if (at + 4 <= bytes.length) {
    sum = (rotated(sum ^ ((BigInt(bytes.readUInt32LE(at)) * P[0]) & MASK), 23n) * P[1] + P[2]) & MASK
    at += 4
  }
  for (; at < bytes.length; at++)
    sum = (rotated(sum ^ ((BigInt(bytes.readUInt8(at)) * P[4]) & MASK), 11n) * P[0]) & MASK
  sum = ((sum ^ (sum >> 33n)) * P[1]) & MASK
  sum = ((sum ^ (sum >> 29n)) * P[2]) & MASK
  return sum ^ (sum >> 32n)
}

function low(...pieces: readonly Buffer[]): number {
  const sum = new Xxh64()
  for (const piece of pieces) sum.push(piece)
  return sum.low()
}

test('the sums of the specification', () => {
  expect(plainly(Buffer.from(''))).toBe(0xef46db3751d8e999n)
  expect(plainly(Buffer.from('abc'))).toBe(0x44bc2cf5ad770999n)
  expect(low(Buffer.from('abc'))).toBe(0xad770999)
})

test('any length, in any pieces', () => {
  const bytes = Buffer.from(Array.from({ length: 300 }, (_, at) => (at * 167 + (at >> 3) * 91) & 0xff))
  for (let length = 0; length <= bytes.length; length++) {
    const part = bytes.subarray(0, length)
    const expected = Number(plainly(part) & 0xffffffffn)
    const cut = (length * 7) % (length + 1)
    expect(low(part)).toBe(expected)
    expect(low(part.subarray(0, cut), part.subarray(cut, cut + 3), part.subarray(cut + 3))).toBe(expected)
  }
})
