import type { AnalyticEvent } from '../analytic.ts'

/** What comes first within a second; flows come last. */
const ORDER: readonly string[] = [
  ...['an1318-clicks', 'an1318-sign-ins', 'an1318-images'],
  ...['an1318-launches', 'an1318-gcp-launches', 'an1318-azure-launches'],
  ...['an1318-shared-snapshots', 'an1318-states', 'an1318-lookups'],
]

export function orderOf({ base }: AnalyticEvent): number {
  const place = ORDER.indexOf(base)
  return place < 0 ? ORDER.length : place
}
