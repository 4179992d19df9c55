import { moment } from './lower/relative-time.ts'
import type { Search, Term } from './syntax/tree.ts'

/** The absolute `earliest` and `latest` of the first stage, seconds since 1970; relative ones need to know now. */
export function timeBounds({ stages: [first] }: Search): {
  readonly earliest?: number
  readonly latest?: number
} {
  if (first?.kind !== 'search' || first.term === undefined) return {}
  const earliest = bound(first.term, 'earliest')
  const latest = bound(first.term, 'latest')
  return { ...(earliest === undefined ? {} : { earliest }), ...(latest === undefined ? {} : { latest }) }
}

function bound(term: Term, name: string): number | undefined {
  for (const part of term.kind === 'and' ? term.of : [term]) {
    if (part.kind !== 'compare' || part.op !== '=' || part.field.name.toLowerCase() !== name) continue
    const time = moment(part.value, Number.NaN)
    if (time !== undefined && Number.isFinite(time)) return time
  }
  return undefined
}
