import { call } from '../../../plan/scalars.ts'
import { assign, type Context, type Flow } from '../lower/flow.ts'
import { scalar } from '../lower/value-of.ts'
import { numberOf } from '../lower/values.ts'
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

function lower(stage: Stage<'diff'>, flow: Flow, context: Context): Flow {
  const { flow: shifted, before } = previous(stage, { flow, context })
  const now = numberOf(scalar(stage.of, { flow: shifted, context }))
  return assign(shifted, [
    { name: stage.as?.name ?? '_diff', value: call('subtract', now, numberOf(before)) },
  ])
}
