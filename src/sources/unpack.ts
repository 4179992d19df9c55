import { gunzipSync } from 'node:zlib'

/** What one text may unpack to, in bytes. */
export const UNPACKED_LIMIT = 16 * 1024 * 1024

export type Unpacked = (
  | { readonly text: string }
  /** It is damaged, or unpacks to more than the limit. */
  | { readonly problem: string }
) & {
  /** Bytes that came out, or that it took to see that there are too many. */
  readonly cost: number
}

/** Decodes base64, and unzips it where it is gzip, up to `limit` bytes. */
export function unpack(base64: string, limit: number): Unpacked {
  const bytes = Buffer.from(base64, 'base64')
  if (bytes.length > limit) return { problem: TOO_LARGE, cost: limit }
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return { text: bytes.toString('utf8'), cost: bytes.length }
  try {
    const plain = gunzipSync(bytes, { maxOutputLength: Math.max(limit, 1) })
    return { text: plain.toString('utf8'), cost: plain.length }
  } catch (error) {
    if (error instanceof RangeError) return { problem: TOO_LARGE, cost: limit }
    return { problem: 'the gzip data inside is damaged', cost: 0 }
  }
}

const TOO_LARGE = 'what is packed inside is too large'
