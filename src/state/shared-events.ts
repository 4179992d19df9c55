import type { ChainRule } from '../plan/state-rule.ts'
import { identityOf } from './chain-node.ts'
import type { Signal } from './signal.ts'

const NONE: ReadonlySet<string> = new Set()

/** Finds the events of one time that are of more than one step of a chain: it takes each of them once. */
export class SharedEvents {
  /** Rule -> how many steps it is. */
  private readonly steps = new Map<string, number>()
  /** Whether one rule is several steps. */
  private readonly overlap: boolean

  constructor({ steps }: Pick<ChainRule, 'steps'>) {
    for (const { rules } of steps) for (const id of rules) this.steps.set(id, (this.steps.get(id) ?? 0) + 1)
    this.overlap = [...this.steps.values()].some(count => count > 1)
  }

  /** Their identities. */
  of(signals: readonly Signal[]): ReadonlySet<string> {
    if (signals.length === 1 && !this.overlap) return NONE
    const seen = new Set<string>()
    const shared = new Set<string>()
    for (const signal of signals) {
      const steps = this.steps.get(signal.rule)
      if (steps === undefined) continue
      const id = identityOf(signal)
      if (steps > 1 || seen.has(id)) shared.add(id)
      seen.add(id)
    }
    return shared.size === 0 ? NONE : shared
  }
}
