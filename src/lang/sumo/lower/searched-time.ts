import type { Context } from './flow.ts'

export const WEEK = 604_800_000
/** 1970-01-05, a Monday, in ms. */
const MONDAY = 4 * 86_400_000

/** The first and the last ms of the time that is searched; undefined if it has no beginning. */
export function searchedTime({ environment }: Context): readonly [number, number] | undefined {
  const { earliest, now } = environment
  return earliest === undefined ? undefined : [earliest * 1000, now * 1000 - 1]
}

/** Slices of that length begin at whole multiples of it and so many ms: weeks on Mondays. */
export function shiftOf(length: number): number {
  return length % WEEK === 0 ? MONDAY : 0
}

/** When the slice of that length begins in which a moment is, in ms. */
export function startOf(moment: number, length: number): number {
  const shift = shiftOf(length)
  return Math.floor((moment - shift) / length) * length + shift
}
