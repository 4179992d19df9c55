import type { Context } from '../../context/context.ts'

const MINUTE = 60_000

/** ms after a launch or start, each at least as long as the one before. */
export interface Windows {
  /** A connection at once. */
  readonly strong: number
  /** A connection that is still its consequence. */
  readonly usual: number
  /** A connection that may be. */
  readonly weak: number
}

/** As the parameters `StrongWindow`, `TimeWindow` and `WeakWindow` have it: the usual window bounds the two others. */
export function windowsOf({ parameters }: Context): Windows {
  const ms = (name: string, initial: number): number => parameters.get(name)?.ms ?? initial
  const usual = ms('TimeWindow', 30 * MINUTE)
  return {
    strong: Math.min(usual, ms('StrongWindow', 5 * MINUTE)),
    usual,
    weak: Math.max(usual, ms('WeakWindow', 24 * 60 * MINUTE)),
  }
}
