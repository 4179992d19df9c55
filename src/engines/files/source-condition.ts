import type { LogSource } from '../../core/log-source.ts'
import type { Expr } from '../../plan/expr.ts'
import type { Source } from '../../sources/source.ts'
import { withoutPlaces } from './geo-rules.ts'

/** Which events matter to a search. */
export interface Wanted {
  readonly prefilter?: Expr
  /** Only the events of these logs; and then `prefilter` decides alone. */
  readonly logsource?: LogSource
  /** Only the events of these sources, by their ids. */
  readonly sources?: readonly string[]
}

/** What the events of a source must be to matter; undefined if all do. */
export function sourceCondition(source: Source, { prefilter, logsource, sources }: Wanted): Expr | undefined {
  const isMeant = logsource === undefined || source.answers(logsource)
  if (!isMeant || sources?.includes(source.id) === false) return { kind: 'constant', value: false }
  const about = logsource === undefined ? undefined : source.about?.(logsource)
  const parts = [about, prefilter].filter(part => part !== undefined)
  return parts.length === 0 ? undefined : { kind: 'and', of: parts }
}

/** The same without what it asks of places, for a first look. */
export function anywhere<Asks extends Wanted>(wanted: Asks): Asks {
  const { prefilter } = wanted
  return prefilter === undefined ? wanted : { ...wanted, prefilter: withoutPlaces(prefilter) }
}
