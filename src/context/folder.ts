import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { limits } from './limits.ts'
import type { ContextFile } from './raw.ts'

/** The tables of a folder: its `.yaml`, `.yml` and `.csv` files, in order of their names. Throws if the folder cannot be read. */
export function readFolder(folder: string): readonly ContextFile[] {
  return readdirSync(folder)
    .filter(name => /\.(ya?ml|csv)$/i.test(name) && !name.startsWith('.'))
    .sort()
    .map(name => join(folder, name))
    .filter(file => statSync(file).isFile())
    .map(file => ({ file, text: readText(file) }))
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
