/** What a byte outside of texts is; 0 for what need not be there, such as a space. */
const WORD = 1
const OPEN = 2
const CLOSE = 3
const COMMA = 4
const COLON = 5
const QUOTE = 6
const NUMBER = 7
const KINDS = kindsOf([
  [WORD, 'truefalsn'],
  [OPEN, '{['],
  [CLOSE, '}]'],
  [COMMA, ','],
  [COLON, ':'],
  [QUOTE, '"'],
  [NUMBER, '-0123456789'],
])
const QUOTE_BYTE = 0x22
const MINUS_BYTE = 0x2d
const POINT_BYTE = 0x2e
const ZERO_BYTE = 0x30
const BACKSLASH_BYTE = 0x5c
const LETTER_E_BYTE = 0x65
/** Digits of a number that is surely printed as it stands. */
const MOST_DIGITS = 15
/** Members of the outermost object, and numbers to be shortened, of which places are kept. */
const MOST_PLACES = 256

/**
 * Prints an object anew by looking at its JSON text, known to be sound and ASCII. That needs no parsing where nothing is spaced
 * out, nothing but quotes and backslashes is escaped, and numbers are short: of `243.0` the end is left out. Two equal keys and
 * keys that are numbers are the caller's to rule out.
 */
export class PlainJson {
  /** Members of all objects in it, equal keys counted as often as they come. */
  members = 0
  /** What the last reading gave. */
  private printed: Uint8Array = Buffer.alloc(0)
  /** Members of the outermost object. */
  private own = 0
  /** Of each of these, in what was printed: where its key and its value begin, and where it ends. */
  private readonly places = new Int32Array(3 * MOST_PLACES)
  /** Pieces to be left out: where each begins and ends. */
  private readonly cuts = new Int32Array(2 * MOST_PLACES)
  private cutCount = 0
  private cutBytes = 0
  private room: Buffer = Buffer.alloc(0)

  /** The object printed, good until the next reading; undefined if that is not certain. */
  read(bytes: Uint8Array): Uint8Array | undefined {
    if (!this.look(bytes)) return undefined
    this.printed = this.cutCount === 0 ? bytes : this.withoutCuts(bytes)
    return this.printed
  }

  /** The object or list under a key of the outermost object, as printed. */
  container(key: Uint8Array): Uint8Array | undefined {
    const { printed, places } = this
    for (let member = 0; member < this.own; member++) {
      const from = places[3 * member] ?? 0
      const start = places[3 * member + 1] ?? 0
      if (start - from - 2 !== key.length || !isAt(printed, from, key)) continue
      return KINDS[printed[start] ?? 0] === OPEN ? printed.subarray(start, places[3 * member + 2]) : undefined
    }
    return undefined
  }

  private look(bytes: Uint8Array): boolean {
    this.members = 0
    this.own = 0
    this.cutCount = 0
    this.cutBytes = 0
    let depth = 0
    let before = 0
    for (let at = 0; at < bytes.length; at++) {
      const kind = KINDS[bytes[at] ?? 0] ?? 0
      if (kind === 0) return false
      if (kind === QUOTE) {
        if (depth === 1 && before !== COLON && !this.begin(at + 1)) return false
        at = endOfText(bytes, at + 1)
      } else if (kind === NUMBER) at = this.endOfNumber(bytes, at)
      else if (kind === OPEN) depth++
      else if (kind === CLOSE) {
        if (--depth === 0) this.end(at)
      } else if (kind === COMMA) {
        if (depth === 1) this.end(at)
      } else if (kind === COLON) {
        this.members++
        if (depth === 1) this.places[3 * this.own + 1] = at + 1 - this.cutBytes
      }
      if (at < 0) return false
      before = kind
    }
    return true
  }

  private begin(key: number): boolean {
    this.places[3 * this.own] = key - this.cutBytes
    return this.own < MOST_PLACES - 1
  }

  private end(at: number): void {
    this.places[3 * this.own + 2] = at - this.cutBytes
    this.own++
  }

  /** The place of the last character; negative if the number may be printed in another way. */
  private endOfNumber(bytes: Uint8Array, from: number): number {
    const first = bytes[from] === MINUS_BYTE ? from + 1 : from
    const zero = bytes[first] === ZERO_BYTE
    const point = endOfDigits(bytes, first)
    if (point - first > MOST_DIGITS || (zero && first > from) || bytes[point] === LETTER_E_BYTE) return -1
    if (bytes[point] !== POINT_BYTE) return point - 1
    const end = endOfDigits(bytes, point + 1)
    if (bytes[end] === LETTER_E_BYTE || KINDS[bytes[end] ?? 0] === 0) return -1
    if (isZeros(bytes, point + 1, end)) return this.cut(point, end) ? end - 1 : -1
    const small = zero && bytes[point + 1] === ZERO_BYTE
    return small || bytes[end - 1] === ZERO_BYTE || end - first > MOST_DIGITS ? -1 : end - 1
  }

  private cut(start: number, end: number): boolean {
    if (this.cutCount === MOST_PLACES) return false
    this.cuts[2 * this.cutCount] = start
    this.cuts[2 * this.cutCount + 1] = end
    this.cutCount++
    this.cutBytes += end - start
    return true
  }

  private withoutCuts(bytes: Uint8Array): Uint8Array {
    if (this.room.length < bytes.length) this.room = Buffer.allocUnsafeSlow(2 * bytes.length)
    let from = 0
    let to = 0
    for (let cut = 0; cut <= this.cutCount; cut++) {
      const end = cut === this.cutCount ? bytes.length : (this.cuts[2 * cut] ?? 0)
      this.room.set(bytes.subarray(from, end), to)
      to += end - from
      from = this.cuts[2 * cut + 1] ?? 0
    }
    return this.room.subarray(0, to)
  }
}

/** The place of the closing quote; negative if something is escaped that may be written otherwise. */
function endOfText(bytes: Uint8Array, from: number): number {
  for (let at = from; ; at++) {
    const byte = bytes[at]
    if (byte === QUOTE_BYTE) return at
    if (byte === undefined) return -1
    if (byte === BACKSLASH_BYTE) {
      const escaped = bytes[++at]
      if (escaped !== QUOTE_BYTE && escaped !== BACKSLASH_BYTE) return -1
    }
  }
}

/** The place behind the digits. */
function endOfDigits(bytes: Uint8Array, from: number): number {
  let at = from
  while (KINDS[bytes[at] ?? 0] === NUMBER) at++
  return at
}

function isZeros(bytes: Uint8Array, from: number, end: number): boolean {
  for (let at = from; at < end; at++) if (bytes[at] !== ZERO_BYTE) return false
  return true
}

function isAt(bytes: Uint8Array, from: number, wanted: Uint8Array): boolean {
  for (let at = 0; at < wanted.length; at++) if (bytes[from + at] !== wanted[at]) return false
  return true
}

function kindsOf(all: readonly (readonly [kind: number, characters: string])[]): Uint8Array {
  const kinds = new Uint8Array(256)
  for (const [kind, characters] of all)
    for (const character of characters) kinds[character.charCodeAt(0)] = kind
  return kinds
}
