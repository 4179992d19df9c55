export const QUOTE = 0x22
export const BACKSLASH = 0x5c
export const ZERO = 0x30
export const NINE = 0x39
const LETTER_E = 0x65
/** Bytes that a text holds as they are. */
const PLAIN = new Uint8Array(256).fill(1, 0x20, 0x80)
PLAIN[QUOTE] = 0
PLAIN[BACKSLASH] = 0
/** Copying one by one is faster than asking for it up to so many bytes. */
const FEW = 64

/** The place behind the closing quote; negative if something is escaped that may be written otherwise. */
export function endOfText(bytes: Buffer, from: number): number {
  for (let at = from; ; at += 2) {
    while (PLAIN[bytes[at] ?? 0] === 1) at++
    if (bytes[at] === QUOTE) return at + 1
    if (bytes[at] !== BACKSLASH) return -1
    const escaped = bytes[at + 1]
    if (escaped !== QUOTE && escaped !== BACKSLASH) return -1
  }
}

const LITERALS = ['true', 'false', 'null'].map(word => Buffer.from(word))

/** The place behind the word that stands there; negative if it is none of JSON's. */
export function endOfLiteral(bytes: Buffer, from: number): number {
  for (const literal of LITERALS) if (isAt(bytes, from, literal)) return from + literal.length
  return -1
}

/** The place behind the digits that begin there. */
export function endOfDigits(bytes: Buffer, from: number): number {
  let at = from
  for (let byte = bytes[at] ?? 0; byte >= ZERO && byte <= NINE; byte = bytes[at] ?? 0) at++
  return at
}

/** Is it the letter before an exponent? */
export function isPower(byte: number | undefined): boolean {
  return ((byte ?? 0) | 0x20) === LETTER_E
}

/** Is there nothing but zeros? */
export function isZeros(bytes: Buffer, from: number, end: number): boolean {
  for (let at = from; at < end; at++) if (bytes[at] !== ZERO) return false
  return true
}

/** Do these bytes stand there? */
export function isAt(bytes: Buffer, from: number, wanted: Uint8Array): boolean {
  for (let at = 0; at < wanted.length; at++) if (bytes[from + at] !== wanted[at]) return false
  return true
}

/** Copies what stands between two places; gives the place behind the copy. */
export function copy(bytes: Buffer, from: number, end: number, target: Buffer, at: number): number {
  if (end - from > FEW) target.set(bytes.subarray(from, end), at)
  else for (let place = from; place < end; place++) target[at + place - from] = bytes[place] ?? 0
  return at + end - from
}
