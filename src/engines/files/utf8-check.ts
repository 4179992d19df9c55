import { isUtf8 } from 'node:buffer'
import { utf16Order } from './utf16-reader.ts'

/** Are bytes that come in pieces all UTF-8, as far as they came? Of UTF-16 nothing is said. */
export class Utf8Check {
  sound = true
  private begun = false
  private other = false
  /** The beginning of a character that the last piece did not end. */
  private rest: Buffer = Buffer.alloc(0)

  push(bytes: Buffer): void {
    if (!this.begun) this.other = utf16Order(bytes) !== undefined
    this.begun = true
    if (!this.sound || this.other) return
    const joined = this.rest.length === 0 ? bytes : Buffer.concat([this.rest, bytes])
    const end = joined.length - unfinished(joined)
    this.sound = isUtf8(joined.subarray(0, end))
    this.rest = joined.subarray(end)
  }
}

/** How many bytes at the end begin a character that goes on behind them. */
function unfinished(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return 0
    if (byte >= 0xc0) return back < lengthOf(byte) ? back : 0
  }
  return 0
}

/** Of the character that begins with this byte. */
function lengthOf(byte: number): number {
  if (byte >= 0xf0) return 4
  return byte >= 0xe0 ? 3 : 2
}
