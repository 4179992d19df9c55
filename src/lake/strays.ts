import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join, sep } from 'node:path'
import type { Manifest } from './manifest.ts'

/** Removes what a process that died left behind: Parquet files that the manifest does not name. */
export function removeStrays(lake: string, manifest: Manifest): void {
  const data = join(lake, 'data')
  if (!existsSync(data)) return
  const known = new Set(manifest.files.map(({ path }) => path))
  for (const file of readdirSync(data, { recursive: true, encoding: 'utf8' })) {
    const path = `data/${file.split(sep).join('/')}`
    if (path.endsWith('.parquet') && !known.has(path)) rmSync(join(lake, path))
  }
}
