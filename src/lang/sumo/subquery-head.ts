import type { Cursor } from './cursor.ts'
import { limits } from './limits.ts'
import { readMoment } from './moments.ts'
import type { Piece } from './split.ts'
import type { Pipeline } from './syntax.ts'

const HEAD = /^\s*subquery\b((?:[^:\]()]|\([^()]*\))*):/i
const BOUND = /\b(from|to)\s*=\s*\(?\s*("[^"]*"|[^()]*[^()\s])\s*\)?(?=\s+(?:from|to)\s*=|\s*$)/gi

/** The length of `subquery from=(-15m):`, which stands behind the bracket; undefined if it does not. */
export function subqueryHead(text: string, start: number, end: number): string | undefined {
  return HEAD.exec(text.slice(start, Math.min(end, start + limits.head)))?.[0]
}

/** Reads the pipeline of a subquery behind its head, in the range of time that the head gives. */
export function readSubquery(cursor: Cursor, head: string, inner: Piece): Pipeline {
  const pipeline = cursor.reading.pipeline(inner, cursor.depth + 1, 'scope')
  const range: { from?: string; to?: string } = {}
  for (const [, key = '', written = ''] of (HEAD.exec(head)?.[1] ?? '').matchAll(BOUND)) {
    const raw = written.replaceAll('"', '')
    if (readMoment(raw, 0) === undefined) {
      const message = `"${raw}" is no time: the subquery has the time range of the query around it`
      cursor.report('warning', 'sumo/subquery-range', message, {
        start: inner.start - head.length,
        end: inner.start,
      })
    } else range[key.toLowerCase() === 'from' ? 'from' : 'to'] = raw
  }
  return Object.keys(range).length === 0 ? pipeline : { ...pipeline, range }
}
