import { byPlace, type Copies, markRepeat, type Place } from './copies.ts'
import { drain } from './drain.ts'
import type { InputFile } from './list.ts'
import type { Fingerprinted, ScanThread } from './thread.ts'

/** Records whose id stands for different contents, by file. */
export interface Conflicts {
  readonly ids: number
  readonly records: ReadonlyMap<number, ReadonlySet<number>>
  /** Of those, all but the first of each id. */
  readonly later: ReadonlyMap<number, ReadonlySet<number>>
}

/** Looks again at copies whose texts differ: the same content in another spelling is a repeat like any other. */
export async function settle(
  copies: Copies,
  files: readonly InputFile[],
  threads: readonly ScanThread[],
): Promise<Conflicts> {
  const wanted = new Map<number, Set<number>>()
  for (const place of copies.differing.flat()) markRepeat(wanted, place)
  const contents = new Map<string, string>()
  await drain([...wanted], threads, async (thread, [number, records]) => {
    const input = files[number]
    if (input === undefined) return
    const found: readonly Fingerprinted[] = await thread.fingerprints(input, number, [...records])
    for (const place of found) contents.set(`${place.file}:${place.record}`, place.content)
  })
  const records = new Map<number, Set<number>>()
  const later = new Map<number, Set<number>>()
  const repeats = copies.repeats as Map<number, Set<number>>
  let ids = 0
  for (const group of copies.differing) {
    const kinds = new Map<string, Place>()
    for (const place of [...group].sort(byPlace)) {
      const at = `${place.file}:${place.record}`
      const content = contents.get(at) ?? at
      if (kinds.has(content)) markRepeat(repeats, place)
      else kinds.set(content, place)
    }
    if (kinds.size < 2) continue
    ids++
    for (const place of kinds.values()) markRepeat(records, place)
    for (const place of [...kinds.values()].slice(1)) markRepeat(later, place)
  }
  return { ids, records, later }
}
