import type { ChainRule } from '../plan/state-rule.ts'

const FIRST_SWEEP = 1024

/** The events with which chains ended that were told of, for as long as others with the same end may be over. */
export class ChainEnds {
  private readonly times: Map<string, number>
  private readonly longest: number
  private nextSweep: number

  constructor({ steps }: Pick<ChainRule, 'steps'>, ends: readonly (readonly [string, number])[] = []) {
    this.times = new Map(ends)
    this.longest = Math.max(...steps.map(({ within }) => within))
    this.nextSweep = Math.max(FIRST_SWEEP, this.times.size * 2)
  }

  /** @param time at which the chain was over; times only grow */
  isNew(end: string, time: number): boolean {
    if (this.times.has(end)) return false
    this.times.set(end, time)
    if (this.times.size > this.nextSweep) this.sweep(time)
    return true
  }

  entries(): readonly (readonly [string, number])[] {
    return [...this.times]
  }

  private sweep(time: number): void {
    for (const [end, told] of this.times) {
      if (told + this.longest >= time) break
      this.times.delete(end)
    }
    this.nextSweep = Math.max(FIRST_SWEEP, this.times.size * 2)
  }
}
