import type { FieldStyle } from '../../engines/files/event-row.ts'
import type { RowJob } from '../../engines/files/row-taker.ts'
import type { Expr } from '../../plan/expr.ts'
import { languages } from '../query/languages.ts'
import type { PreparedSearch } from './prepare.ts'

/** The events that searches want as rows: one table for all searches of a style. */
export function rowJobs(searches: readonly PreparedSearch[]): readonly RowJob[] {
  return (['splunk', 'sumo'] as const).flatMap(style => {
    const some = searches.filter(({ rule }) => languages[rule.language].style === style)
    return some.length === 0 ? [] : [rowJob(style, some)]
  })
}

function rowJob(style: FieldStyle, searches: readonly PreparedSearch[]): RowJob {
  const filters = searches.flatMap(({ search }) => search.prefilter ?? [])
  const either: Expr = { kind: 'or', of: filters }
  const sources = sourcesOf(searches)
  const all = searches.some(({ search }) => search.wish.all)
  return {
    table: tableOf(style),
    style,
    wish: { names: new Set(searches.flatMap(({ search }) => [...search.wish.names])), all },
    ...(filters.length < searches.length ? {} : { prefilter: either }),
    ...(sources === undefined ? {} : { sources }),
    // Only rows that are events need to tell of one.
    tells: { source: true, event: all },
  }
}

/** Name of the rows of a style. */
export function tableOf(style: FieldStyle): string {
  return `${style}-events`
}

/** Undefined if one of them reads all sources. */
function sourcesOf(searches: readonly PreparedSearch[]): readonly string[] | undefined {
  const named = searches.map(({ rule }) => rule.sources)
  return named.some(one => one === undefined) ? undefined : [...new Set(named.flatMap(one => one ?? []))]
}
