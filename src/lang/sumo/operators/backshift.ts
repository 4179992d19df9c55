import { assign, type Context, type Flow } from '../lower/flow.ts'
import { previous } from '../lower/windowed-by.ts'
import type { Stage } from '../syntax.ts'
import type { Operator } from './operator.ts'
import { printWindowed, readWindowed } from './windowed.ts'

/** `backshift f [, n] [as g] [by a]`: the value of an earlier row. */
export const backshift: Operator<'backshift'> = {
  names: ['backshift'],
  parse: (cursor, at) => ({ op: 'backshift', at, ...readWindowed(cursor) }),
  print: (stage, pipeline) => `backshift ${printWindowed(stage, pipeline)}`,
  lower,
}

function lower(stage: Stage<'backshift'>, flow: Flow, context: Context): Flow {
  const { flow: shifted, before } = previous(stage, { flow, context })
  return assign(shifted, [{ name: stage.as?.name ?? '_backshift', value: before }])
}
