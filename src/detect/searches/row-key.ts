import type { FoundRow } from './run-search.ts'

/** What rows of different windows share that are the same: their event, or all that is no measure. */
export function keyOf({ values, event }: FoundRow): string {
  if (event !== undefined) {
    const { event_id, file, record } = event.evidence
    return JSON.stringify(event_id === '' ? [file, record] : [event_id])
  }
  return JSON.stringify([...values].filter(([name, cell]) => TIMES.has(name) || isWord(cell)))
}

/** Columns that say when. */
export const TIMES: ReadonlySet<string> = new Set(['_time', '_timeslice', '_messageTime'])

/** Counts, scores and lists change with where a window begins. */
function isWord(cell: unknown): boolean {
  return typeof cell === 'string' && !Number.isFinite(Number(cell))
}
