import type { Pattern, PatternPart } from '../../src/plan/pattern.ts'

/** Does the pattern match the whole text? A character is a code point. */
export function matchesWhole(pattern: Pattern, text: string, caseless: boolean): boolean {
  if (lacks(pattern, text, caseless)) return false
  const characters = split(text, caseless)
  return ends(pattern, characters, caseless, new Set([0])).has(characters.length)
}

/** Does the pattern match some part of the text? */
export function matchesSome(pattern: Pattern, text: string, caseless: boolean): boolean {
  if (lacks(pattern, text, caseless)) return false
  const characters = split(text, caseless)
  const anywhere = new Set(Array.from({ length: characters.length + 1 }, (_, place) => place))
  return ends(pattern, characters, caseless, anywhere).size > 0
}

/** Is there a run in the pattern that the text does not hold at all? Saves most of the work. */
function lacks(pattern: Pattern, text: string, caseless: boolean): boolean {
  const whole = cased(text, caseless)
  return pattern.some(
    part => typeof part === 'string' && !HALVES.test(part) && !whole.includes(cased(part, caseless)),
  )
}

/** Half of a character beyond the first 65,536: a search by units would find it inside of one. */
const HALVES = /[\ud800-\udfff]/

/** Without case, both sides are put in lower case first, the text as a whole. */
function split(text: string, caseless: boolean): readonly string[] {
  return [...cased(text, caseless)]
}

function cased(text: string, caseless: boolean): string {
  return caseless ? text.toLowerCase() : text
}

/** Where a match that begins at one of these places can end. */
function ends(
  pattern: Pattern,
  text: readonly string[],
  caseless: boolean,
  starts: ReadonlySet<number>,
): ReadonlySet<number> {
  return pattern.reduce((places, part) => {
    const next = new Set<number>()
    for (const place of places) for (const end of step(part, text, caseless, place)) next.add(end)
    return next
  }, starts)
}

function step(
  part: PatternPart,
  text: readonly string[],
  caseless: boolean,
  place: number,
): readonly number[] {
  if (typeof part === 'string') {
    const run = split(part, caseless)
    const same = run.every((character, offset) => text[place + offset] === character)
    return same ? [place + run.length] : []
  }
  if (part.wild === 'one') return place < text.length ? [place + 1] : []
  return Array.from({ length: text.length - place + 1 }, (_, offset) => place + offset)
}
