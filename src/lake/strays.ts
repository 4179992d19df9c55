import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join, sep } from 'node:path'
import type { Manifest } from './manifest.ts'

/** Where rows wait to be written, in the lake's folder, for they take room there in any case. */
export const INCOMING = 'incoming'

/**
 * Removes what a process that died left behind: Parquet files that the manifest does not name, rows that were never
 * written, half a manifest. Only for the one that writes.
 */
export function removeStrays(lake: string, manifest: Manifest): void {
  rmSync(join(lake, INCOMING), { recursive: true, force: true })
  if (existsSync(lake))
    for (const file of readdirSync(lake))
      if (/^manifest\.json\.\d+\.part$/.test(file)) rmSync(join(lake, file))
  const data = join(lake, 'data')
  if (!existsSync(data)) return
  const known = new Set(manifest.files.map(({ path }) => path))
  for (const file of readdirSync(data, { recursive: true, encoding: 'utf8' })) {
    const path = `data/${file.split(sep).join('/')}`
    if (path.endsWith('.parquet') && !known.has(path)) rmSync(join(lake, path))
  }
}
