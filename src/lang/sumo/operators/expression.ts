import type { Lowering } from '../../../plan/lowering.ts'
import { expression as read } from '../expression.ts'
import { withoutInvalid } from '../lower/dropped.ts'
import { assign, type Context, type Flow } from '../lower/flow.ts'
import { subqueriesOf } from '../lower/subquery.ts'
import { scalar } from '../lower/value-of.ts'
import { printAlias, printExpr } from '../print-parts.ts'
import type { Expr, Stage } from '../syntax.ts'
import type { Operator } from './operator.ts'

/** `if(a, b, c) as f`, `a / b as f`, `f as g`; and `toLowerCase(f)`, which changes f. */
export const expression: Operator<'expression'> = {
  names: [],
  parse: (cursor, at) => {
    const value = read(cursor)
    const { as } = cursor.alias()
    if (as !== undefined) return { op: 'expression', at, value, as }
    if (value.kind !== 'call' && value.kind !== 'if') cursor.unexpected('"as" and a name for the value')
    return { op: 'expression', at, value }
  },
  print: ({ value, as }, pipeline) => `${printExpr(value, pipeline)}${printAlias(as)}`,
  lower,
}

function* lower(stage: Stage<'expression'>, flow: Flow, context: Context): Lowering<Flow> {
  const { value, as } = stage
  const subqueries = yield* subqueriesOf(value, flow, context)
  const scene = { flow, context, subqueries }
  const name = as?.name ?? changed(value)
  return assign(withoutInvalid(stage, value, scene), [{ name, value: scalar(value, scene) }])
}

/** The field that a call without `as` changes: its first. */
function changed(value: Expr): string {
  const fields = value.kind === 'call' ? value.args : []
  const first = fields.find(arg => arg.kind === 'field')
  return first?.kind === 'field' ? first.name : `_${value.kind === 'call' ? value.name : value.kind}`
}
