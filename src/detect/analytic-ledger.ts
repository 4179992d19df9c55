import type { Analytic, AnalyticResult } from '../analytics/analytic.ts'
import type { Sweep } from '../engines/files/sweep.ts'
import type { RuleEntry } from '../findings/ledger.ts'
import { fieldsOf } from '../plan/rule.ts'
import { canMatch } from '../scan/ability.ts'
import type { AnalyticPlan } from './analytic-plan.ts'
import { isObservable } from './observable.ts'

/** How each analytic ended, and what it could not see. */
export function analyticEntries(
  { all, chosen, running }: AnalyticPlan,
  swept: Pick<Sweep, 'seen' | 'sources' | 'known'>,
  results: ReadonlyMap<Analytic, AnalyticResult>,
): readonly RuleEntry[] {
  return all.map(analytic => {
    const { id, title, level } = analytic.meta
    const entry = { id, title, file: 'builtin', level, hits: 0, missing: [], problems: [] }
    if (!chosen.includes(analytic)) return { ...entry, end: 'excluded' }
    if (!running.includes(analytic)) return { ...entry, end: 'no-context' }
    const { hits = 0, notes = [] } = results.get(analytic) ?? {}
    return { ...entry, ...ending(analytic, swept), hits, ...(notes.length === 0 ? {} : { notes }) }
  })
}

/** It ran if one base rule had a chance. */
function ending(
  { bases }: Analytic,
  swept: Pick<Sweep, 'seen' | 'sources' | 'known'>,
): Pick<RuleEntry, 'end' | 'missing'> {
  const observable = bases.filter(({ rule }) => isObservable(rule.logsource, swept))
  if (observable.length === 0) return { end: 'no-such-logs', missing: [] }
  if (observable.some(({ rule }) => canMatch(rule.where, field => swept.seen.has(field))))
    return { end: 'ran', missing: [] }
  const fields = observable.flatMap(({ rule }) => fieldsOf(rule.where).map(({ name }) => name))
  return { end: 'never-able', missing: [...new Set(fields)].filter(name => !swept.seen.has(name)) }
}
