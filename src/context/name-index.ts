import { literal } from '../plan/pattern.ts'
import { readPattern } from '../plan/read-pattern.ts'
import { matcher, prefixOf } from './pattern-text.ts'

/**
 * Finds which of many names and patterns match a text, without trying all: whole names by a map, patterns by the text
 * that they begin with. Case does not count, since no cloud tells two names apart by case alone.
 */
export interface NameIndex<T> {
  /** All that match, in the order in which they were given. */
  find(text: string): readonly T[]
}

interface Filed<T> {
  readonly order: number
  readonly value: T
  readonly test: (lowerText: string) => boolean
}

/** `patterns`: are `*` and `?` wildcards? */
export function nameIndex<T>(entries: Iterable<readonly [string, T]>, patterns: boolean): NameIndex<T> {
  const whole = new Map<string, Filed<T>[]>()
  const begun = new Map<string, Filed<T>[]>()
  let order = 0
  for (const [text, value] of entries) {
    const pattern = patterns ? readPattern(text) : [text]
    const only = literal(pattern)
    const filed = { order: order++, value, test: only === undefined ? matcher(pattern) : () => true }
    if (only !== undefined) push(whole, only.toLowerCase(), filed)
    else push(begun, prefixOf(pattern), filed)
  }
  const lengths = [...new Set([...begun.keys()].map(prefix => prefix.length))]
  return {
    find(text) {
      const lower = text.toLowerCase()
      const found = [...(whole.get(lower) ?? [])]
      for (const length of lengths) {
        if (length > lower.length) continue
        for (const filed of begun.get(lower.slice(0, length)) ?? []) if (filed.test(lower)) found.push(filed)
      }
      if (found.length > 1) found.sort((a, b) => a.order - b.order)
      return found.map(({ value }) => value)
    },
  }
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}
