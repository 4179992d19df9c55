import { readFileSync } from 'node:fs'
import { deserialize } from 'node:v8'
import {
  COUNTED_BY,
  type CountChunks,
  type CountedBy,
  type Numbers,
  type PackedCounts,
} from './event-counts.ts'

/** Numbers of each value of each kind. */
export type Sums = ReadonlyMap<CountedBy, Map<string, Numbers>>

/** The sums of the values of one partition; a value of which nothing is left is not there. */
export function countSums(parts: readonly CountChunks[]): Sums {
  const all = new Map(COUNTED_BY.map(by => [by, new Map<string, Numbers>()]))
  for (const { counts, file } of parts) {
    for (const packed of counts) unpackInto(all, packed)
    if (file !== undefined) for (const packed of countsIn(file)) unpackInto(all, packed)
  }
  for (const counts of all.values())
    for (const [value, [events]] of counts) if (events === 0) counts.delete(value)
  return all
}

function* countsIn(file: string): Generator<PackedCounts> {
  const bytes = readFileSync(file)
  for (let at = 0; at < bytes.length; ) {
    const length = bytes.readUInt32LE(at)
    yield* deserialize(bytes.subarray(at + 4, at + 4 + length)) as readonly PackedCounts[]
    at += 4 + length
  }
}

function unpackInto(all: Sums, { by, values, numbers }: PackedCounts): void {
  const counts = all.get(by)
  values.forEach((value, index) => {
    const known = counts?.get(value) ?? [0, 0, 0]
    known[0] += numbers[index * 3] ?? 0
    known[1] += numbers[index * 3 + 1] ?? 0
    known[2] += numbers[index * 3 + 2] ?? 0
    counts?.set(value, known)
  })
}
