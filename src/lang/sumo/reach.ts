import { readMoment } from './moments.ts'
import { readStep, USUAL_STEP } from './numbers.ts'
import type { Pipeline, Stage } from './syntax.ts'
import { pipelinesIn } from './walk.ts'

/** Does a part of the query look at messages of a time of its own? */
export function reaches(query: Pipeline): boolean {
  return pipelinesIn(query).some(
    ({ range, stages }) =>
      range?.from !== undefined || stages.some(({ op }) => op === 'compare' || op === 'logcompare'),
  )
}

/**
 * From when on messages matter to a query about those from `earliest` on, in ms; earlier than need be if several of
 * its parts look back.
 */
export function reachOf(query: Pipeline, earliest: number, now: number): number {
  const pipelines = pipelinesIn(query)
  const starts = pipelines.flatMap(({ range }) => readMoment(range?.from ?? '', now) ?? [])
  const back = pipelines.flatMap(({ stages }) => stages.map(backOf)).reduce((sum, each) => sum + each, 0)
  return Math.min(earliest, ...starts) - back
}

/** How far back a stage looks, in ms. */
function backOf(stage: Stage): number {
  if (stage.op === 'logcompare') return stepOf(stage.by.raw)
  return stage.op === 'compare'
    ? Math.max(...stage.shifts.map(({ by, times = 1 }) => stepOf(by.raw) * times))
    : 0
}

function stepOf(raw: string): number {
  return Math.abs(readStep(raw.replace(/^"|"$/g, '')) ?? USUAL_STEP)
}
