import { join } from 'node:path'
import type { Analytic, AnalyticEvent, AnalyticResult, AnalyticRun, World } from '../analytics/analytic.ts'
import type { Hit } from '../core/hit.ts'
import { compare } from '../core/order.ts'
import { hitPacking } from '../engines/files/hit-packing.ts'
import { sortedByRuns } from '../engines/files/sorted-runs.ts'
import type { Sweep } from '../engines/files/sweep.ts'
import type { AnalyticPlan } from './analytic-plan.ts'
import { isObservable } from './observable.ts'

/** Hits that are sorted at once. */
const RUN = 20_000

export interface AnalyticWork {
  readonly plan: AnalyticPlan
  readonly swept: Sweep
  readonly folder: string
  /** Hits of base rules, whose numbers are counted from 0 in `plan.bases`; in any order, each event once. */
  readonly hits: Iterable<Hit>
  readonly world: Omit<World, 'observable'>
}

/** Lets the analytics take their events in order of time. */
export function runAnalytics({
  plan,
  swept,
  folder,
  hits,
  world,
}: AnalyticWork): ReadonlyMap<Analytic, AnalyticResult> {
  const observable = new Set(
    plan.bases.flatMap(([, { rule }]) => (isObservable(rule.logsource, swept) ? [rule.meta.id] : [])),
  )
  const full: World = { ...world, observable: base => observable.has(base) }
  const runs = new Map<Analytic, AnalyticRun>(plan.running.map(one => [one, one.start(full)]))
  let withoutTime = 0
  const timed = function* (): Generator<Hit> {
    for (const hit of hits)
      if (hit.event.time === undefined) withoutTime++
      else yield hit
  }
  const file = join(folder, 'analytics')
  for (const hit of sortedByRuns(timed(), { compare: compareHits, packing: hitPacking, file, run: RUN })) {
    const [takers, base] = plan.bases[hit.rule] ?? []
    if (takers === undefined || base === undefined) throw new Error(`bug: a hit of base rule ${hit.rule}`)
    const event = eventOf(hit, base.rule.meta.id)
    for (const analytic of takers) runs.get(analytic)?.take(event)
  }
  const end = swept.files.reduce((time, { last }) => Math.max(time, last?.time ?? time), 0)
  const notes = withoutTime === 0 ? [] : [`events without a time were left out: ${withoutTime}`]
  return new Map(
    [...runs].map(([analytic, run]) => {
      const result = run.finish(end)
      return [analytic, { ...result, notes: [...result.notes, ...notes] }]
    }),
  )
}

function eventOf(hit: Hit, base: string): AnalyticEvent {
  const values = new Map<string, string[]>()
  for (const { field, value } of hit.carried ?? []) {
    const list = values.get(field)
    if (list === undefined) values.set(field, [value])
    else list.push(value)
  }
  // Analytics keep some: without what was carried, which is in the values now, nor all that it was packed with.
  const { rule, event, evidence, matched, shown, entity } = hit
  const kept: Hit = { rule, event, evidence, matched, shown, ...(entity === undefined ? {} : { entity }) }
  return { base, time: event.time ?? 0, hit: kept, values }
}

/** Order of hits: time, event id, base rule; then file and record, so that nothing is left to chance. */
function compareHits(a: Hit, b: Hit): number {
  return (
    (a.event.time ?? 0) - (b.event.time ?? 0) ||
    compare(a.evidence.event_id, b.evidence.event_id) ||
    a.rule - b.rule ||
    compare(a.evidence.file, b.evidence.file) ||
    a.evidence.record - b.evidence.record
  )
}
