const DIGITS = '0123456789abcdef'

/** Value of each character as a lower-case hex digit; 255 for what is none. */
const VALUES: Uint8Array = Uint8Array.from({ length: 256 }, (_, code) => {
  const value = DIGITS.indexOf(String.fromCharCode(code))
  return value < 0 ? 255 : value
})

/** A way of writing some bytes as pairs of lower-case hex digits: its length, and where each pair begins. */
interface HexForm {
  readonly length: number
  readonly pairs: readonly number[]
  readonly dashes: readonly number[]
}

/** A SHA-256. */
export const HASH: HexForm = {
  length: 64,
  pairs: Array.from({ length: 32 }, (_, byte) => byte * 2),
  dashes: [],
}

/** The UUID of an event. */
export const UUID: HexForm = {
  length: 36,
  pairs: [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34],
  dashes: [8, 13, 18, 23],
}

/** Writes the text as bytes from a place on; false if it is not of that form, and then what was written means nothing. */
export function packHex(form: HexForm, text: string, bytes: Uint8Array, at: number): boolean {
  if (text.length !== form.length) return false
  for (const dash of form.dashes) if (text.charCodeAt(dash) !== DASH) return false
  let seen = 0
  let to = at
  for (const pair of form.pairs) {
    const high = VALUES[text.charCodeAt(pair)] ?? 255
    const low = VALUES[text.charCodeAt(pair + 1)] ?? 255
    seen |= high | low
    bytes[to++] = (high << 4) | low
  }
  return seen < 16
}

const DASH = 45

/** The text that was packed. */
export function unpackHex(form: HexForm, bytes: Uint8Array, at: number): string {
  const digits = Buffer.from(bytes.buffer, bytes.byteOffset + at, form.pairs.length).toString('hex')
  let text = ''
  let from = 0
  for (const [index, dash] of form.dashes.entries()) {
    const to = dash - index
    text += `${digits.slice(from, to)}-`
    from = to
  }
  return text + digits.slice(from)
}
