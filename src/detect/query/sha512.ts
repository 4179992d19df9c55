import { createHash } from 'node:crypto'

/** The SHA-512 digest of a text in UTF-8, as 128 hexadecimal digits. */
export function sha512(text: string): string {
  return createHash('sha512').update(text).digest('hex')
}
