import { StringDecoder } from 'node:string_decoder'
import type { MemberReader } from './reading.ts'

export type ByteOrder = 'little' | 'big'

/** Text in UTF-16, as some shells redirect it to files, begins with a byte order mark. */
export function utf16Order(first: Buffer): ByteOrder | undefined {
  if (first[0] === 0xff && first[1] === 0xfe) return 'little'
  return first[0] === 0xfe && first[1] === 0xff ? 'big' : undefined
}

/** Turns UTF-16 into UTF-8 for the reader that fits. */
export class Utf16Reader implements MemberReader {
  private readonly decoder = new StringDecoder('utf16le')
  private readonly order: ByteOrder
  private readonly choose: (first: Buffer) => MemberReader
  private reader: MemberReader | undefined
  private odd: Buffer = Buffer.alloc(0)

  constructor(order: ByteOrder, choose: (first: Buffer) => MemberReader) {
    this.order = order
    this.choose = choose
  }

  push(bytes: Buffer): void {
    const text = this.decoded(bytes)
    this.reader ??= this.choose(text)
    this.reader.push(text)
  }

  end(): void {
    this.reader?.end()
  }

  whole(bytes: Buffer): void {
    const text = this.decoded(bytes)
    this.choose(text).whole(text)
  }

  private decoded(bytes: Buffer): Buffer {
    if (this.order === 'little') return Buffer.from(this.decoder.write(bytes))
    const joined = Buffer.concat([this.odd, bytes])
    const even = joined.length - (joined.length % 2)
    this.odd = joined.subarray(even)
    return Buffer.from(this.decoder.write(joined.subarray(0, even).swap16()))
  }
}
