import { type IdChunks, PARTITIONS, WORDS, wordsOf } from './event-ids.ts'

/** One record, by the number of its file and its number in it. */
export interface Place {
  readonly file: number
  readonly record: number
}

/** Records of one event id whose texts differ; whether their contents do is still to be seen. */
export type Differing = readonly Place[]

/** What the ids say of copies. */
export interface Copies {
  /** Events with an id, each counted once. */
  readonly distinct: number
  /** File -> records in it that repeat an earlier one word for word. */
  readonly repeats: ReadonlyMap<number, ReadonlySet<number>>
  readonly differing: readonly Differing[]
}

/** Finds copies among all noted ids, one partition at a time. Of equal copies the one of the smallest (file, record) stays. */
export function findCopies(parts: readonly IdChunks[]): Copies {
  const repeats = new Map<number, Set<number>>()
  const differing: Differing[] = []
  let distinct = 0
  for (let partition = 0; partition < PARTITIONS; partition++) {
    const words = wordsOf(parts.filter(part => part.partition === partition))
    distinct += inPartition(words, repeats, differing)
  }
  return { distinct, repeats, differing }
}

function inPartition(words: Uint32Array, repeats: Map<number, Set<number>>, differing: Differing[]): number {
  const groups = new Map<number, number[]>()
  const distinct = chain(words, groups)
  for (const entries of groups.values()) settle(words, entries, repeats, differing)
  return distinct
}

/** Fills `groups` with the entries (offsets) of each id that occurs more than once; gives the number of ids. */
function chain(words: Uint32Array, groups: Map<number, number[]>): number {
  const count = words.length / WORDS
  const size = 2 ** Math.ceil(Math.log2(count * 2 + 2))
  const slots = new Int32Array(size).fill(-1)
  let distinct = 0
  for (let entry = 0; entry < words.length; entry += WORDS) {
    let slot = placeOf(words, entry) & (size - 1)
    let first = slots[slot] ?? -1
    while (first >= 0 && !sameId(words, first, entry)) {
      slot = (slot + 1) & (size - 1)
      first = slots[slot] ?? -1
    }
    if (first < 0) {
      slots[slot] = entry
      distinct++
    } else {
      const group = groups.get(first)
      if (group === undefined) groups.set(first, [first, entry])
      else group.push(entry)
    }
  }
  return distinct
}

/** A hash of an id. All four words take part: some bits of a UUID are always the same. */
function placeOf(words: Uint32Array, entry: number): number {
  const low = Math.imul((words[entry] ?? 0) ^ (words[entry + 2] ?? 0), 0x9e3779b1)
  const high = Math.imul((words[entry + 1] ?? 0) ^ (words[entry + 3] ?? 0), 0x85ebca6b)
  const mixed = low ^ high
  return mixed ^ (mixed >>> 15)
}

function sameId(words: Uint32Array, a: number, b: number): boolean {
  return (
    words[a] === words[b] &&
    words[a + 1] === words[b + 1] &&
    words[a + 2] === words[b + 2] &&
    words[a + 3] === words[b + 3]
  )
}

function settle(
  words: Uint32Array,
  entries: number[],
  repeats: Map<number, Set<number>>,
  differing: Differing[],
): void {
  const places = entries.map(entry => placeAt(words, entry)).sort((a, b) => byPlace(a, b))
  const firsts = new Map<number, Place>()
  for (const place of places) {
    if (firsts.has(place.content)) markRepeat(repeats, place)
    else firsts.set(place.content, place)
  }
  if (firsts.size > 1) differing.push([...firsts.values()].map(({ file, record }) => ({ file, record })))
}

function placeAt(words: Uint32Array, entry: number): Place & { readonly content: number } {
  return { content: words[entry + 4] ?? 0, file: words[entry + 5] ?? 0, record: words[entry + 6] ?? 0 }
}

/** Order of records: by file, then by number. */
export function byPlace(a: Place, b: Place): number {
  return a.file - b.file || a.record - b.record
}

/** Notes that a record repeats another. */
export function markRepeat(repeats: Map<number, Set<number>>, { file, record }: Place): void {
  const records = repeats.get(file)
  if (records === undefined) repeats.set(file, new Set([record]))
  else records.add(record)
}
