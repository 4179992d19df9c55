import { type LakeFile, readManifest, writeManifest } from './manifest.ts'
import { removeStrays } from './strays.ts'

/** Takes out the days before a time (UTC ms); gives the number of events that went. Days without a time stay. */
export function expire(lake: string, before: number): number {
  const manifest = readManifest(lake)
  const old = (file: LakeFile): boolean => file.last !== undefined && file.last < before
  const gone = manifest.files.filter(old)
  if (gone.length === 0) return 0
  const kept = { ...manifest, files: manifest.files.filter(file => !old(file)) }
  writeManifest(lake, kept)
  removeStrays(lake, kept)
  return gone.reduce((sum, file) => sum + file.rows, 0)
}
