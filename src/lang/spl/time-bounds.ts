import type { TimeBounds } from '../../plan/lowering.ts'
import { writtenBounds } from './lower/time-modifiers.ts'
import { nested, readsEvents } from './prefilter.ts'
import type { Search } from './syntax/tree.ts'

/** The older names may be those of fields. */
const SURE = /^(?:earliest|latest)$/i

/**
 * The `earliest` and `latest` of the first stage. A search inside of it may look at another time, and then nothing is
 * known of the whole.
 */
export function timeBounds(search: Search, now: number): TimeBounds {
  if (nested(search).some(readsEvents) || search.stages.some(({ kind }) => kind === 'map')) return {}
  return writtenBounds(search, now, SURE)
}
