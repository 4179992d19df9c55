/** Reads `10m` and the like as ms; months and years are their average lengths. Nothing if it is none, or zero. */
export function readTimespan(text: string): number | undefined {
  const found = /^(\d{1,9})([smhdwMy])$/.exec(text.trim())
  const seconds = Number(found?.[1] ?? 0) * (SECONDS.get(found?.[2] ?? '') ?? 0)
  return seconds > 0 && seconds <= LONGEST ? seconds * 1000 : undefined
}

const SECONDS: ReadonlyMap<string, number> = new Map([
  ['s', 1],
  ['m', 60],
  ['h', 3600],
  ['d', 86_400],
  ['w', 604_800],
  ['M', 2_629_746],
  ['y', 31_556_952],
])

/** A thousand years: more is a slip. */
const LONGEST = 31_556_952_000
