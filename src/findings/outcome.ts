import type { EventOutcome } from '../core/event.ts'
import type { FindingOutcome } from './finding.ts'

/** Outcome of an event -> number of events. */
export type OutcomeCounts = { readonly [outcome in EventOutcome]: number }

/**
 * What came of all attempts together. Events that do not tell count for nothing beside a success; beside
 * nothing but refusals they leave it open, for one of them may have come about.
 */
export function outcomeOf({ succeeded, denied, unknown }: OutcomeCounts): FindingOutcome {
  if (succeeded > 0) return denied > 0 ? 'mixed' : 'succeeded'
  return denied > 0 && unknown === 0 ? 'denied' : 'unknown'
}
