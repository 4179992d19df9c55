import { join } from 'node:path'
import type { SourceMap } from '../sources/map/source-map.ts'
import { overlaps } from './file-times.ts'
import { readManifest } from './manifest.ts'

/** The paths of the files of a lake that can hold events of the time (UTC ms). Throws if its manifest cannot be read. */
export function lakePaths(
  lake: string,
  time: { readonly from?: number; readonly to?: number },
): readonly string[] {
  return readManifest(lake)
    .files.filter(file => overlaps(file, time))
    .map(({ path }) => join(lake, ...path.split('/')))
}

/** The mappings that a lake was made with; none if its manifest cannot be read, as whoever reads the lake is told. */
export function lakeMaps(lake: string): readonly SourceMap[] {
  try {
    return readManifest(lake).maps ?? []
  } catch {
    return []
  }
}
