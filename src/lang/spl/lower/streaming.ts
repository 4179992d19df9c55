import { extend, type Pipeline, select, window } from '../../../plan/pipeline.ts'
import type { Aggregate, Named, WindowColumn } from '../../../plan/relation.ts'
import { both, choose, isNull, not } from '../../../plan/scalars.ts'
import type { Stages } from '../syntax/tree.ts'
import { objectsIn } from '../walk.ts'
import { lowerAggregations } from './aggregates.ts'
import { type Context, everything, fieldOf, refuse } from './context.ts'
import { resets } from './streaming-resets.ts'
import { framed, type Sliding, slidingOf } from './streaming-windows.ts'

/**
 * What `streamstats` does: the aggregates of the rows so far, or of a window of them, in each group. A row without
 * one of the by-fields learns nothing.
 */
export function streamed(stage: Stages['streamstats'], before: Pipeline, context: Context): Pipeline {
  const { by, aggregations } = stage
  noLoop(stage)
  const keys = by.map(name => fieldOf(before, name, context))
  const { rows, runs } = resets(stage, before, keys, context)
  const made = lowerAggregations(aggregations, rows, context)
  const sliding = slidingOf(stage, [...keys, ...runs])
  const complete = both(...keys.map(key => not(isNull(key))))
  const values = made.columns.map(({ name, value }): Named => {
    return { name, value: keys.length === 0 ? value : choose(complete, value) }
  })
  const done = extend(running(rows, made.aggregates, sliding), values)
  return select(
    done,
    everything(done).filter(({ name }) => !name.startsWith('$aggregate')),
  )
}

/** What a condition to begin anew looks at must be there before. */
function noLoop({ aggregations, resetAfter, at }: Stages['streamstats']): void {
  const made = new Set(aggregations.map(({ as: given, text }) => given?.name ?? text))
  for (const node of resetAfter === undefined ? [] : objectsIn(resetAfter)) {
    const name = node['kind'] === 'field' ? String(node['name']) : undefined
    if (name !== undefined && made.has(name))
      refuse('spl/unsupported-option', `reset_after cannot look at "${name}", which this command makes`, at)
  }
}

function running(before: Pipeline, aggregates: readonly Aggregate[], sliding: Sliding): Pipeline {
  const { rows, frame, orderBy } = framed(before, sliding)
  const columns = aggregates.map((aggregate): WindowColumn => {
    const { name, ...plain } = inOrder(aggregate, before)
    const { type } = aggregate
    const over = { frame, partitionBy: sliding.keys, orderBy, type }
    return { name, fn: 'aggregate', aggregate: plain, ...over }
  })
  return window(rows, columns)
}

/** The earliest is the first of rows that go forward in time, and the last of those that go back. */
function inOrder(aggregate: Aggregate, { order }: Pipeline): Aggregate {
  const { fn, orderBy } = aggregate
  if ((fn !== 'first' && fn !== 'last') || orderBy === undefined || orderBy === order) return aggregate
  const backwards = order[0]?.descending === true
  return { ...aggregate, fn: backwards ? (fn === 'first' ? 'last' : 'first') : fn, orderBy: order }
}
