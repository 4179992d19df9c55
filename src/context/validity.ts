import type { Row } from './row.ts'

/** How an approval stands to an event. A `retroactive` one was made after the event; it and an `expired` one approve nothing. */
export type Standing = 'valid' | 'expired' | 'retroactive'

/** `created <= time < expires`; entries of inventories have no end. */
export function standing({ validity }: Row, time: number): Standing {
  if (validity === undefined) return 'valid'
  if (time < validity.created) return 'retroactive'
  return time < validity.expires ? 'valid' : 'expired'
}

/** Is the review of the approval due, while it still holds? */
export function overdue({ validity }: Row, asOf: number): boolean {
  return validity !== undefined && validity.reviewBy <= asOf && asOf < validity.expires
}
