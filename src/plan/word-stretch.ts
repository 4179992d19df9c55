/** Shorter ones stand in nearly every event. */
const SHORTEST = 3

/**
 * The longest part of a text that is sought in events that JSON has as it is, in lower case; undefined if nothing of it is
 * certain. It is no number, which may be printed in several ways, nor a part of `Infinity`, as one is printed that has no digits.
 */
export function wordStretch(sought: string): string | undefined {
  const parts = [...sought.toLowerCase().matchAll(/[a-z0-9_]+/g)].map(([part]) => part)
  const certain = parts.filter(
    part => part.length >= SHORTEST && /[a-df-z_]/.test(part) && !'infinity'.includes(part),
  )
  return certain.sort((a, b) => b.length - a.length)[0]
}
