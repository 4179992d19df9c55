import { window } from '../../../plan/pipeline.ts'
import { call, column } from '../../../plan/scalars.ts'
import { assign, type Context, type Flow, withRows } from '../lower/flow.ts'
import { scalar } from '../lower/value-of.ts'
import { numberOf } from '../lower/values.ts'
import { over, partition } from '../lower/window.ts'
import { previous } from '../lower/windowed-by.ts'
import type { Stage } from '../syntax.ts'
import type { Operator } from './operator.ts'
import { printWindowed, readWindowed } from './windowed.ts'

/** `diff f [, n] [as g] [by a]`: what a value differs by from that of an earlier row. */
export const diff: Operator<'diff'> = {
  names: ['diff'],
  parse: (cursor, at) => ({ op: 'diff', at, ...readWindowed(cursor) }),
  print: (stage, pipeline) => `diff ${printWindowed(stage, pipeline)}`,
  lower,
}

/** The value before is the last one that is a number. */
function lower(stage: Stage<'diff'>, flow: Flow, context: Context): Flow {
  const now = numberOf(scalar(stage.of, { flow, context }))
  const name = stage.as?.name ?? '_diff'
  if (stage.count !== undefined && stage.count > 1) {
    const { flow: shifted, before } = previous(stage, { flow, context })
    return assign(shifted, [{ name, value: call('subtract', now, numberOf(before)) }])
  }
  const orderBy = flow.rows.order
  const place = {
    partitionBy: partition(stage.by, flow, context),
    orderBy,
    frame: { from: 'start', to: -1 } as const,
  }
  const rows = window(flow.rows, [over(BEFORE, { fn: 'last', of: now, orderBy, type: 'number' }, place)])
  const value = call('subtract', now, column(BEFORE, 'number'))
  return assign(withRows(flow, rows), [{ name, value }])
}

const BEFORE = '$before'
