import { lakeMaps } from '../lake/input-files.ts'
import { isLake } from '../lake/manifest.ts'
import { mergedMaps } from '../sources/known.ts'
import type { SourceMap } from '../sources/map/source-map.ts'
import type { ScanOptions } from './options.ts'

/** The mappings that the options name, and those of lakes among the inputs. A lake that is damaged has none. */
export function mapsOf({ inputs, maps = [] }: Pick<ScanOptions, 'inputs' | 'maps'>): readonly SourceMap[] {
  const lakes = inputs.filter(input => isLake(input)).flatMap(input => lakeMaps(input))
  return lakes.length === 0 ? maps : mergedMaps(maps, lakes)
}
