import type { Lowering } from '../../../plan/lowering.ts'
import { filter } from '../../../plan/pipeline.ts'
import { expression } from '../expression.ts'
import { withoutInvalid } from '../lower/dropped.ts'
import { type Context, type Flow, withRows } from '../lower/flow.ts'
import { subqueriesOf } from '../lower/subquery.ts'
import { test } from '../lower/value-of.ts'
import { printExpr } from '../print-parts.ts'
import type { Stage } from '../syntax.ts'
import type { Operator } from './operator.ts'

/** `where test`: keeps the rows for which the test holds. */
export const where: Operator<'where'> = {
  names: ['where'],
  parse: (cursor, at) => ({ op: 'where', at, test: expression(cursor) }),
  print: ({ test }, pipeline) => `where ${printExpr(test, pipeline)}`,
  lower,
}

function* lower(stage: Stage<'where'>, flow: Flow, context: Context): Lowering<Flow> {
  const { test: wanted } = stage
  const subqueries = yield* subqueriesOf(wanted, flow, context)
  const scene = { flow, context, subqueries }
  return withRows(flow, filter(withoutInvalid(stage, wanted, scene).rows, test(wanted, scene)))
}
