import type { Setting } from '../syntax-parts.ts'
import { refuse } from './refuse.ts'

interface Range {
  readonly least: number
  readonly most: number
}

/** The number that a setting gives, or another if it is not set or is a `{{parameter}}` that nobody gave. */
export function settingOf<T extends number | undefined>(
  given: readonly Setting[],
  wanted: string,
  otherwise: T,
  { least, most }: Range = { least: -Number.MAX_VALUE, most: Number.MAX_VALUE },
): number | T {
  const found = given.find(({ key }) => key === wanted)
  if (found === undefined || found.value.raw.includes('{{')) return otherwise
  const value = Number(found.value.raw)
  if (value >= least && value <= most) return value
  const bounds = least === -Number.MAX_VALUE ? '' : ` from ${least} to ${most}`
  return refuse('number', `"${wanted}" must be a number${bounds}`, found.value.at)
}
