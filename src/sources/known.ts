import { mappedSource } from './map/mapped-source.ts'
import type { SourceMap } from './map/source-map.ts'
import type { Source } from './source.ts'
import { sources } from './sources.ts'

const made = new WeakMap<readonly SourceMap[], readonly Source[]>()

/** Every kind of log that can be read: those that mappings describe, which are asked first, and all others. */
export function knownSources(maps: readonly SourceMap[] | undefined): readonly Source[] {
  if (maps === undefined || maps.length === 0) return sources
  const known = made.get(maps) ?? [...maps.map(mappedSource), ...sources]
  made.set(maps, known)
  return known
}

/** The same for rows that are kept under their log already: what only finds the records of a log of ours has no rows of its own. */
export function storedSources(maps: readonly SourceMap[] | undefined): readonly Source[] {
  return knownSources(maps).filter(({ map }) => map?.readsAs === undefined)
}

/** Mappings of two lists; of those with one id that of the first. */
export function mergedMaps(first: readonly SourceMap[], second: readonly SourceMap[]): readonly SourceMap[] {
  const ids = new Set(first.map(({ id }) => id))
  return [...first, ...second.filter(({ id }) => !ids.has(id))]
}
