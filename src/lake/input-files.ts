import { join } from 'node:path'
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
