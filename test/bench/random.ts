const HEX = Array.from({ length: 65_536 }, (_, value) => value.toString(16).padStart(4, '0'))
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const BASE64_PAIRS = Array.from(
  { length: 4096 },
  (_, value) => BASE64.charAt(value >> 6) + BASE64.charAt(value & 63),
)
const BASE32_PAIRS = Array.from({ length: 1024 }, (_, value) =>
  [value >> 5, value & 31].map(digit => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.charAt(digit)).join(''),
)

/** Numbers and texts that the given numbers alone decide, on every machine (sfc32). Good for test data only. */
export class Random {
  #a: number
  #b: number
  #c: number
  #count = 1

  /** The whole numbers that decide all; whoever differs in one of them gets other texts, ids included. */
  constructor(...seed: readonly number[]) {
    this.#a = seedOf(1, ...seed)
    this.#b = seedOf(2, ...seed)
    this.#c = seedOf(3, ...seed)
    for (let round = 0; round < 12; round++) this.next()
  }

  /** The next unsigned 32-bit integer. */
  next(): number {
    const result = (this.#a + this.#b + this.#count) | 0
    this.#count = (this.#count + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + result) | 0
    return result >>> 0
  }

  /** From 0 up to, but not including, 1. */
  unit(): number {
    return this.next() / 4_294_967_296
  }

  /** A whole number from 0 up to, but not including, the limit. */
  below(limit: number): number {
    return Math.floor(this.unit() * limit)
  }

  /** True this often, from 0 (never) to 1 (always). */
  chance(share: number): boolean {
    return this.unit() < share
  }

  pick<T>(list: readonly T[]): T {
    return at(list, this.below(list.length))
  }

  /** Lower-case hexadecimal digits; the count is a multiple of 4. */
  hex(digits: number): string {
    let text = ''
    for (let made = 0; made < digits; made += 4) text += at(HEX, this.next() >>> 16)
    return text
  }

  /** Base 64 text without padding; the count is even. */
  base64(characters: number): string {
    let text = ''
    for (let made = 0; made < characters; made += 2) text += at(BASE64_PAIRS, this.next() >>> 20)
    return text
  }

  /** Upper-case base 32 text; the count is even. */
  base32(characters: number): string {
    let text = ''
    for (let made = 0; made < characters; made += 2) text += at(BASE32_PAIRS, this.next() >>> 22)
    return text
  }

  uuid(): string {
    const tail = this.hex(8)
    return `${this.hex(8)}-${this.hex(4)}-4${this.hex(4).slice(1)}-a${tail.slice(1, 4)}-${this.hex(8)}${tail.slice(4)}`
  }
}

/** A list's element by a place that is known to be inside it. */
export function at<T>(list: ArrayLike<T>, place: number): T {
  const found = list[place]
  if (found === undefined) throw new Error(`bug: no element ${place} of ${list.length}`)
  return found
}

/** One 32-bit number made of several. */
export function seedOf(...numbers: readonly number[]): number {
  let seed = 0
  for (const number of numbers) seed = mix((Math.imul(seed, 31) + number + 0x9e3779b9) | 0)
  return seed
}

/** Draws places of a list of that length, the first most often: place n has a weight of 1 / (n + 1) ^ exponent. */
export function zipf(length: number, exponent: number): (random: Random) => number {
  const upTo = new Float64Array(length)
  let total = 0
  for (let place = 0; place < length; place++) {
    total += (place + 1) ** -exponent
    upTo[place] = total
  }
  return random => firstAbove(upTo, random.unit() * total)
}

function firstAbove(ascending: Float64Array, wanted: number): number {
  let low = 0
  let high = ascending.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (at(ascending, middle) > wanted) high = middle
    else low = middle + 1
  }
  return low
}

function mix(seed: number): number {
  const first = Math.imul(seed ^ (seed >>> 16), 0x21f0aaad)
  const second = Math.imul(first ^ (first >>> 15), 0x735a2d97)
  return (second ^ (second >>> 15)) >>> 0
}
