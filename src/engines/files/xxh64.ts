/** A number of 64 bits, as two of 32. */
interface Word {
  high: number
  low: number
}

const PRIMES: readonly Readonly<Word>[] = [
  { high: 0x9e3779b1, low: 0x85ebca87 },
  { high: 0xc2b2ae3d, low: 0x27d4eb4f },
  { high: 0x165667b1, low: 0x9e3779f9 },
  { high: 0x85ebca77, low: 0xc2b2ae63 },
  { high: 0x27d4eb2f, low: 0x165667c5 },
]
const [P1, P2, P3, P4, P5] = PRIMES as readonly [Word, Word, Word, Word, Word]
const STRIPE = 32

/**
 * The checksum XXH64 with seed 0 of bytes that come in pieces, as zstd uses it
 * (https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md). In halves of 32 bits: BigInt is ten times slower.
 */
export class Xxh64 {
  private readonly lanes: readonly Word[] = [sum(P1, P2), { ...P2 }, { high: 0, low: 0 }, negative(P1)]
  private readonly rest = Buffer.alloc(STRIPE)
  private held = 0
  private length = 0

  push(bytes: Buffer): void {
    this.length += bytes.length
    let at = 0
    if (this.held > 0) {
      at = bytes.copy(this.rest, this.held)
      this.held += at
      if (this.held < STRIPE) return
      this.stripe(this.rest, 0)
    }
    for (; at + STRIPE <= bytes.length; at += STRIPE) this.stripe(bytes, at)
    this.held = bytes.copy(this.rest, 0, at)
  }

  /** The lower half of the sum of all bytes so far. */
  low(): number {
    const word = this.length < STRIPE ? { ...P5 } : this.merged()
    add(word, { high: Math.floor(this.length / 2 ** 32), low: this.length >>> 0 })
    let at = 0
    for (; at + 8 <= this.held; at += 8) {
      const lane = { high: 0, low: 0 }
      round(lane, this.rest.readUInt32LE(at + 4), this.rest.readUInt32LE(at))
      mix(word, lane, 27)
      multiply(word, P1)
      add(word, P4)
    }
    if (at + 4 <= this.held) {
      const part = { high: 0, low: this.rest.readUInt32LE(at) }
      multiply(part, P1)
      mix(word, part, 23)
      multiply(word, P2)
      add(word, P3)
      at += 4
    }
    for (; at < this.held; at++) {
      const part = { high: 0, low: this.rest.readUInt8(at) }
      multiply(part, P5)
      mix(word, part, 11)
      multiply(word, P1)
    }
    return avalanche(word)
  }

  private stripe(bytes: Buffer, at: number): void {
    let place = at
    for (const lane of this.lanes) {
      round(lane, bytes.readUInt32LE(place + 4), bytes.readUInt32LE(place))
      place += 8
    }
  }

  private merged(): Word {
    const word = { high: 0, low: 0 }
    for (const [at, turn] of [1, 7, 12, 18].entries()) {
      const lane = { high: 0, low: 0, ...this.lanes[at] }
      rotate(lane, turn)
      add(word, lane)
    }
    for (const lane of this.lanes) {
      const part = { high: 0, low: 0 }
      round(part, lane.high, lane.low)
      word.high ^= part.high
      word.low ^= part.low
      multiply(word, P1)
      add(word, P4)
    }
    return word
  }
}

function sum(a: Readonly<Word>, b: Readonly<Word>): Word {
  const word = { ...a }
  add(word, b)
  return word
}

function negative({ high, low }: Readonly<Word>): Word {
  return sum({ high: ~high, low: ~low }, { high: 0, low: 1 })
}

function round(lane: Word, high: number, low: number): void {
  const input = { high, low }
  multiply(input, P2)
  mix31(lane, input)
  multiply(lane, P1)
}

function mix31(lane: Word, input: Word): void {
  add(lane, input)
  rotate(lane, 31)
}

function mix(word: Word, part: Word, turn: number): void {
  word.high ^= part.high
  word.low ^= part.low
  rotate(word, turn)
}

function avalanche(word: Word): number {
  shifted(word, 33)
  multiply(word, P2)
  shifted(word, 29)
  multiply(word, P3)
  return (word.low ^ word.high) >>> 0
}

/** `word ^= word >> by` */
function shifted(word: Word, by: number): void {
  const { high, low } = word
  word.low = by >= 32 ? low ^ (high >>> (by - 32)) : low ^ ((low >>> by) | (high << (32 - by)))
  word.high = by >= 32 ? high : high ^ (high >>> by)
}

function add(word: Word, { high, low }: Readonly<Word>): void {
  const lower = (word.low >>> 0) + (low >>> 0)
  word.high = (word.high + high + (lower > 0xffffffff ? 1 : 0)) | 0
  word.low = lower | 0
}

/** To the left, by 1 to 31. */
function rotate(word: Word, by: number): void {
  const { high, low } = word
  word.high = (high << by) | (low >>> (32 - by))
  word.low = (low << by) | (high >>> (32 - by))
}

function multiply(word: Word, { high, low }: Readonly<Word>): void {
  const a0 = word.low & 0xffff
  const a1 = word.low >>> 16
  const b0 = low & 0xffff
  const b1 = low >>> 16
  const lowest = a0 * b0
  const middle = a1 * b0 + (lowest >>> 16)
  const other = a0 * b1 + (middle & 0xffff)
  const carried = a1 * b1 + Math.floor(middle / 0x10000) + Math.floor(other / 0x10000)
  word.high = (carried + Math.imul(word.high, low) + Math.imul(word.low, high)) | 0
  word.low = (other << 16) | (lowest & 0xffff)
}
