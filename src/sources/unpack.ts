import { gunzipSync } from 'node:zlib'

/** What one text may unpack to, in bytes. */
export const UNPACKED_LIMIT = 16 * 1024 * 1024

export interface Unpacked {
  /** Absent if it is damaged or unpacks to more than the limit. */
  readonly text?: string
  /** Bytes that came out, or that it took to see that there are too many. */
  readonly cost: number
}

/** Decodes base64, and unzips it where it is gzip, up to `limit` bytes. */
export function unpack(base64: string, limit: number): Unpacked {
  const bytes = Buffer.from(base64, 'base64')
  if (bytes.length > limit) return { cost: limit }
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return { text: bytes.toString('utf8'), cost: bytes.length }
  try {
    const plain = gunzipSync(bytes, { maxOutputLength: Math.max(limit, 1) })
    return { text: plain.toString('utf8'), cost: plain.length }
  } catch (error) {
    return { cost: error instanceof RangeError ? limit : 0 }
  }
}
