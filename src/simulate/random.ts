const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** A stream of numbers that its name decides: the same name gives the same numbers on every machine. */
export class Random {
  private readonly name: string
  private a: number
  private b: number
  private c: number
  private counter = 1

  constructor(name: string) {
    this.name = name
    this.a = hash(name, 0x9e3779b9)
    this.b = hash(name, 0x85ebca6b)
    this.c = hash(name, 0xc2b2ae35)
    for (let round = 0; round < 12; round++) this.word()
  }

  /** A stream of its own: what is drawn from it changes nothing in this one, and the other way round. */
  fork(label: string): Random {
    return new Random(`${this.name}/${label}`)
  }

  /** A whole number of 32 bits (the generator sfc32). */
  word(): number {
    const sum = (this.a + this.b + this.counter) | 0
    this.counter = (this.counter + 1) | 0
    this.a = this.b ^ (this.b >>> 9)
    this.b = (this.c + (this.c << 3)) | 0
    this.c = ((this.c << 21) | (this.c >>> 11)) + sum
    return sum >>> 0
  }

  /** From 0, 1 excluded. */
  share(): number {
    return this.word() / 4_294_967_296
  }

  /** A whole number, both ends included. */
  whole(from: number, to: number): number {
    return from + Math.floor(this.share() * (to - from + 1))
  }

  chance(probability: number): boolean {
    return this.share() < probability
  }

  pick<T>(list: readonly T[]): T {
    const index = Math.floor(this.share() * list.length)
    if (index >= list.length) throw new Error('bug: there is nothing to pick from')
    return list[index] as T
  }

  /** One of a list in which the first are drawn far more often than the last. */
  pickFirst<T>(list: readonly T[]): T {
    const index = Math.floor(list.length * this.share() ** 3)
    return list[index] ?? this.pick(list)
  }

  /** All of a list, in another order. */
  shuffled<T>(list: readonly T[]): readonly T[] {
    return list
      .map(value => ({ value, at: this.word() }))
      .sort((x, y) => x.at - y.at)
      .map(({ value }) => value)
  }

  /** A whole number of at least 1 around a median; `spread` is the standard deviation of its logarithm. */
  around(median: number, spread: number): number {
    const normal = Math.sqrt(-2 * Math.log(1 - this.share())) * Math.cos(2 * Math.PI * this.share())
    return Math.max(1, Math.round(median * Math.exp(spread * normal)))
  }

  hex(length: number): string {
    let text = ''
    while (text.length < length) text += hex32(this.word())
    return text.slice(0, length)
  }

  digits(length: number): string {
    return this.text('0123456789', length)
  }

  /** Of the letters that ids of AWS are made of. */
  base32(length: number): string {
    return this.bits(BASE32, length)
  }

  base64(length: number): string {
    return this.bits(BASE64, length)
  }

  letters(length: number): string {
    return this.text(LETTERS, length)
  }

  uuid(): string {
    const [a, b, c, d] = [hex32(this.word()), hex32(this.word()), hex32(this.word()), hex32(this.word())]
    const variant = HEX[(Number.parseInt(c.slice(0, 2), 16) & 0x3f) | 0x80] ?? '80'
    return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-${variant}${c.slice(2, 4)}-${c.slice(4)}${d}`
  }

  /** Of 32 or 64 letters, five of each word. */
  private bits(letters: string, length: number): string {
    let text = ''
    for (let at = 0, word = 0; at < length; at++, word >>>= 6) {
      if (at % 5 === 0) word = this.word()
      text += letters[word & (letters.length - 1)]
    }
    return text
  }

  private text(letters: string, length: number): string {
    let text = ''
    for (let at = 0; at < length; at++) text += letters[Math.floor(this.share() * letters.length)]
    return text
  }
}

function hex32(word: number): string {
  return `${HEX[word >>> 24]}${HEX[(word >>> 16) & 255]}${HEX[(word >>> 8) & 255]}${HEX[word & 255]}`
}

/** FNV-1a with a last stir. */
function hash(text: string, start: number): number {
  let value = start
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 16_777_619)
  value = Math.imul(value ^ (value >>> 16), 0x7feb352d)
  return (value ^ (value >>> 15)) >>> 0
}
