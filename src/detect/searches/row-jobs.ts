import type { FieldStyle } from '../../engines/files/event-row.ts'
import type { RowJob } from '../../engines/files/row-taker.ts'
import type { Expr } from '../../plan/expr.ts'
import type { FieldWish } from '../../plan/lowering.ts'
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
  const wish = wishOf(searches.map(({ search }) => search.wish))
  return {
    table: tableOf(style),
    style,
    wish,
    ...(filters.length < searches.length ? {} : { prefilter: either }),
    ...(sources === undefined ? {} : { sources }),
    // Only rows that are events need to tell of one.
    tells: { source: true, event: wish.all },
  }
}

/** What all of them read. A name is their own if none of them reads it of the events. */
function wishOf(wishes: readonly FieldWish[]): FieldWish {
  const lower = wishes.map(({ names }) => new Set([...names].map(name => name.toLowerCase())))
  const isOwn = (name: string): boolean =>
    wishes.every(({ own, all }, at) => own?.has(name) === true || !(all || lower[at]?.has(name) === true))
  return {
    names: new Set(wishes.flatMap(({ names }) => [...names])),
    own: new Set(wishes.flatMap(({ own }) => [...(own ?? [])]).filter(isOwn)),
    all: wishes.some(({ all }) => all),
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
