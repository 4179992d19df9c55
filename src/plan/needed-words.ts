/**
 * Of each list one stands in the text of every event that is let through, in any case: stretches of the letters `a` to `z`,
 * digits and `_`, in lower case. Nothing is certain if there is no list.
 */
export type NeededWords = readonly (readonly string[])[]

/** What is needed where any of several conditions is enough. */
export function neededByAny(parts: readonly NeededWords[]): NeededWords {
  const some = parts.map(([first]) => first)
  return some.length > 0 && some.every(one => one !== undefined) ? [some.flat()] : []
}

/** Shorter ones stand in nearly every event. */
const SHORTEST = 3

/**
 * The longest part of a text that is sought in events that JSON has as it is. It is no number, which may be printed in several
 * ways, nor a part of `Infinity`, as one is printed that has no digits.
 */
export function neededBy(sought: string): NeededWords {
  const parts = [...sought.toLowerCase().matchAll(/[a-z0-9_]+/g)].map(([part]) => part)
  const certain = parts.filter(
    part => part.length >= SHORTEST && /[a-df-z_]/.test(part) && !'infinity'.includes(part),
  )
  const [longest] = certain.sort((a, b) => b.length - a.length)
  return longest === undefined ? [] : [[longest]]
}
