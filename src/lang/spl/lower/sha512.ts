/** The SHA-512 digest of a text in UTF-8, as 128 hexadecimal digits (FIPS 180-4). */
export function sha512(text: string): string {
  const message = padded(new TextEncoder().encode(text))
  const state = [...INITIAL]
  for (let at = 0; at < message.byteLength; at += 128) mix(state, message, at)
  return state.map(word => word.toString(16).padStart(16, '0')).join('')
}

const MASK = (1n << 64n) - 1n

/** The first 64 bits behind the point of a root of a prime. */
function rootBits(prime: number, power: 2 | 3): bigint {
  const shifted = BigInt(prime) << BigInt(64 * power)
  let low = 0n
  let high = 1n << 70n
  while (high - low > 1n) {
    const middle = (low + high) >> 1n
    if (middle ** BigInt(power) <= shifted) low = middle
    else high = middle
  }
  return low & MASK
}

function primes(count: number): readonly number[] {
  const found: number[] = []
  for (let next = 2; found.length < count; next++) if (found.every(one => next % one !== 0)) found.push(next)
  return found
}

const PRIMES = primes(80)
const INITIAL = PRIMES.slice(0, 8).map(prime => rootBits(prime, 2))
const ROUNDS = PRIMES.map(prime => rootBits(prime, 3))

/** With a one behind the message and its length in bits at the end of a block. */
function padded(bytes: Uint8Array): DataView {
  const view = new DataView(new ArrayBuffer(Math.ceil((bytes.length + 17) / 128) * 128))
  new Uint8Array(view.buffer).set(bytes)
  view.setUint8(bytes.length, 0x80)
  view.setBigUint64(view.byteLength - 8, BigInt(bytes.length * 8))
  return view
}

function turned(word: bigint, by: bigint): bigint {
  return ((word >> by) | (word << (64n - by))) & MASK
}

function schedule(message: DataView, at: number): readonly bigint[] {
  const words = Array.from({ length: 16 }, (_, place) => message.getBigUint64(at + place * 8))
  const word = (place: number): bigint => words[place] ?? 0n
  for (let place = 16; place < 80; place++) {
    const [early, late] = [word(place - 15), word(place - 2)]
    const small = turned(early, 1n) ^ turned(early, 8n) ^ (early >> 7n)
    const large = turned(late, 19n) ^ turned(late, 61n) ^ (late >> 6n)
    words.push((word(place - 16) + small + word(place - 7) + large) & MASK)
  }
  return words
}

function mix(state: bigint[], message: DataView, at: number): void {
  const words = schedule(message, at)
  let [a = 0n, b = 0n, c = 0n, d = 0n, e = 0n, f = 0n, g = 0n, h = 0n] = state
  for (const [place, round] of ROUNDS.entries()) {
    const choice = (e & f) ^ (~e & MASK & g)
    const first =
      h + (turned(e, 14n) ^ turned(e, 18n) ^ turned(e, 41n)) + choice + round + (words[place] ?? 0n)
    const second = (turned(a, 28n) ^ turned(a, 34n) ^ turned(a, 39n)) + ((a & b) ^ (a & c) ^ (b & c))
    ;[a, b, c, d, e, f, g, h] = [(first + second) & MASK, a, b, c, (d + first) & MASK, e, f, g]
  }
  for (const [place, word] of [a, b, c, d, e, f, g, h].entries())
    state[place] = ((state[place] ?? 0n) + word) & MASK
}
