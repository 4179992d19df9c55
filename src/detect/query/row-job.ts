import type { RowJob } from '../../engines/files/row-taker.ts'
import type { QueryOptions } from './options.ts'

/** Which events a search wants as rows. */
export function rowJob({
  style,
  search,
  mapping,
  places,
}: Pick<QueryOptions, 'style' | 'search' | 'mapping' | 'places'>): RowJob {
  const { wish, prefilter, words, logsource } = search
  return {
    table: 'events',
    style,
    wish,
    ...(prefilter === undefined ? {} : { prefilter }),
    ...(words === undefined ? {} : { words }),
    ...(logsource === undefined ? {} : { logsource }),
    ...(mapping === undefined ? {} : { mapping }),
    // Only rules of Sigma name a log source, and ask where addresses are.
    ...(places === undefined || logsource === undefined ? {} : { geo: places }),
  }
}

/** UTC ms, from the search's own text before that of the command line: what the search is about. */
export function timeBounds({ from, to, now, search }: Pick<QueryOptions, 'from' | 'to' | 'now' | 'search'>): {
  readonly from?: number
  readonly to?: number
} {
  const { earliest, latest } = search.bounds?.(now) ?? {}
  const first = earliest === undefined ? from : earliest * 1000
  const end = latest === undefined ? to : latest * 1000
  return { ...(first === undefined ? {} : { from: first }), ...(end === undefined ? {} : { to: end }) }
}

/** UTC ms: the events that it looks at, some of which may be earlier than what it is about. */
export function eventBounds(options: Parameters<typeof timeBounds>[0]): ReturnType<typeof timeBounds> {
  const bounds = timeBounds(options)
  const reached =
    bounds.from === undefined ? undefined : options.search.reachesTo?.(bounds.from / 1000, options.now)
  return reached === undefined ? bounds : { ...bounds, from: reached * 1000 }
}
