import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
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

/** UTF-8 without a byte order mark, or UTF-16 with one. */
export function readText(file: string): string {
  const { size } = statSync(file)
  if (size > 4 * limits.csv) throw new Error(`${file}: ${size} bytes are too many for a table`)
  const bytes = readFileSync(file)
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString('utf16le').slice(1)
  const text = bytes.toString('utf8')
  return text.startsWith('\ufeff') ? text.slice(1) : text
}
