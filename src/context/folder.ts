import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { limits } from './limits.ts'
import { type ContextFile, isTableFile, stemOf } from './raw.ts'
import { tableNames } from './tables/index.ts'

/**
 * The tables of a folder: its `.yaml`, `.yml` and `.csv` files, in order of their names, and those that are called like a table
 * and are none, without their text. Throws if the folder cannot be read.
 */
export function readFolder(folder: string): readonly ContextFile[] {
  return readdirSync(folder)
    .filter(name => !name.startsWith('.') && (isTableFile(name) || tableNames.includes(stemOf(name))))
    .sort()
    .map(name => join(folder, name))
    .filter(file => statSync(file).isFile())
    .map(file => ({ file, text: isTableFile(file) ? readText(file) : '' }))
}

/** The text of a file, as `decoded` gives it. */
export function readText(file: string): string {
  const { size } = statSync(file)
  if (size > 4 * limits.csv) throw new Error(`${file}: ${size} bytes are too many for a table`)
  return decoded(readFileSync(file))
}

/**
 * UTF-8 with or without a byte order mark, or UTF-16 with one, as PowerShell writes it, any of them in gzip; the mark is left out.
 * Throws if it unpacks to more than a table may have.
 */
export function decoded(bytes: Buffer): string {
  const packed = bytes[0] === 0x1f && bytes[1] === 0x8b
  return textOf(packed ? gunzipSync(bytes, { maxOutputLength: limits.imported }) : bytes)
}

function textOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString('utf16le').slice(1)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    const even = Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2)))
    return even.swap16().toString('utf16le').slice(1)
  }
  const text = bytes.toString('utf8')
  return text.startsWith('\ufeff') ? text.slice(1) : text
}
