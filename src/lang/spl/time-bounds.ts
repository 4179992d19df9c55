import type { TimeBounds } from '../../plan/lowering.ts'
import { moment } from './lower/relative-time.ts'
import { nested, readsEvents } from './prefilter.ts'
import type { Search, Term } from './syntax/tree.ts'

/**
 * The `earliest` and `latest` of the first stage. A search inside of it may look at another time, and then nothing is
 * known of the whole.
 */
export function timeBounds(search: Search, now: number): TimeBounds {
  const [first] = search.stages
  if (nested(search).some(readsEvents) || search.stages.some(({ kind }) => kind === 'map')) return {}
  if (first?.kind !== 'search' || first.term === undefined) return {}
  const earliest = bound(first.term, 'earliest', now)
  const latest = bound(first.term, 'latest', now)
  return { ...(earliest === undefined ? {} : { earliest }), ...(latest === undefined ? {} : { latest }) }
}

function bound(term: Term, name: string, now: number): number | undefined {
  for (const part of term.kind === 'and' ? term.of : [term]) {
    if (part.kind !== 'compare' || part.op !== '=' || part.field.name.toLowerCase() !== name) continue
    const time = moment(part.value, now)
    if (time !== undefined && Number.isFinite(time)) return time
  }
  return undefined
}
