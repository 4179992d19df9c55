import { isoTime } from '../core/time.ts'
import { type Context, caveatOf } from './context.ts'
import { cell, entryName, type Row } from './row.ts'
import { overdue } from './validity.ts'

/** Something that somebody has to look at. */
export interface ReviewItem {
  readonly what: 'expired' | 'overdue' | 'expires-soon' | 'stale' | 'empty'
  readonly table: string
  /** Of an approval. */
  readonly entry?: string
  readonly owner?: string
  readonly message: string
}

/** Approvals that expire within this time are told before they do. */
const SOON = 30 * 86_400_000

/** What is expired, overdue, stale or empty at the context's moment; the most pressing first. */
export function review(context: Context): readonly ReviewItem[] {
  const items: ReviewItem[] = []
  for (const loaded of context.tables.values()) {
    const { table, state, stale, rows } = loaded
    const caveat = caveatOf(loaded)
    if (state === 'empty') items.push({ what: 'empty', table: table.name, message: caveat ?? '' })
    if (stale > 0) items.push({ what: 'stale', table: table.name, message: caveat ?? '' })
    if (table.kind === 'approval') for (const row of rows) items.push(...reviewRow(row, context.asOf))
  }
  return items.sort((a, b) => ORDER.indexOf(a.what) - ORDER.indexOf(b.what))
}

const ORDER: readonly ReviewItem['what'][] = ['overdue', 'expires-soon', 'expired', 'stale', 'empty']

function reviewRow(row: Row, asOf: number): readonly ReviewItem[] {
  const { validity } = row
  if (validity === undefined) return []
  const item = (what: ReviewItem['what'], message: string): ReviewItem => {
    const owner = cell(row, 'owner')
    return {
      what,
      table: row.table,
      entry: entryName(row),
      message,
      ...(owner === undefined ? {} : { owner }),
    }
  }
  if (asOf >= validity.expires)
    return [item('expired', `expired ${isoTime(validity.expires)}, approves nothing since`)]
  if (overdue(row, asOf)) return [item('overdue', `review was due ${isoTime(validity.reviewBy)}`)]
  return validity.expires - asOf <= SOON ? [item('expires-soon', `expires ${isoTime(validity.expires)}`)] : []
}
