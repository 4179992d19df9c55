import { window } from '../../../plan/pipeline.ts'
import type { AggregateName, Frame } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { choose, coalesce, column, isNull, number } from '../../../plan/scalars.ts'
import type { Stage } from '../syntax.ts'
import { assign, type Flow, withRows } from './flow.ts'
import { type Scene, scalar } from './value-of.ts'
import { numberOf } from './values.ts'
import { over, partition } from './window.ts'

type Kind = 'smooth' | 'rollingstd' | 'accum' | 'total' | 'backshift' | 'diff'

/** An aggregate over the rows around each row, in the order in which they come. */
export function windowedBy(
  stage: Stage<Kind>,
  { flow, context }: Scene,
  { fn, frame }: { readonly fn: AggregateName; readonly frame?: Frame },
): Flow {
  const of = numberOf(scalar(stage.of, { flow, context }))
  const orderBy = frame === undefined ? [] : flow.rows.order
  const place = {
    partitionBy: partition(stage.by, flow, context),
    orderBy,
    ...(frame === undefined ? {} : { frame }),
  }
  const rows = window(flow.rows, [over(RESULT, { fn, of, type: 'number' }, place)])
  return assign(withRows(flow, rows), [
    { name: stage.as?.name ?? `_${stage.op}`, value: fn === 'stdev' ? orZero(of) : column(RESULT, 'number') },
  ])
}

/** A single value differs from nothing. */
function orZero(of: Scalar): Scalar {
  return choose(isNull(of), number(null), coalesce(column(RESULT, 'number'), number(0)))
}

/** The value of a field so many rows before. */
export function previous(
  stage: Stage<Kind>,
  { flow, context }: Scene,
): { readonly flow: Flow; readonly before: Scalar } {
  const of = scalar(stage.of, { flow, context })
  const partitionBy = partition(stage.by, flow, context)
  const rows = window(flow.rows, [
    {
      name: BEFORE,
      fn: 'lag',
      of,
      by: stage.count ?? 1,
      partitionBy,
      orderBy: flow.rows.order,
      type: of.type,
    },
  ])
  return { flow: withRows(flow, rows), before: column(BEFORE, of.type) }
}

const RESULT = '$result'
const BEFORE = '$before'
