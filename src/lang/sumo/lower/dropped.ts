import { filter } from '../../../plan/pipeline.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { both, call, either, isNull, known, not } from '../../../plan/scalars.ts'
import { OF_ADDRESS } from '../functions/addresses.ts'
import type { Expr, Stage } from '../syntax.ts'
import { expressionsIn } from '../walk.ts'
import { type Flow, withRows } from './flow.ts'
import { type Scene, scalar, test } from './value-of.ts'
import { textOf } from './values.ts'

/**
 * Without the rows for which a function of addresses is given something else, as Sumo Logic drops them, with a note.
 * What is not looked at, such as the other branch of an `if`, does not count.
 */
export function withoutInvalid(stage: Stage, expr: Expr, scene: Scene): Flow {
  const { flow, context } = scene
  const calls = expressionsIn(stage).filter(isOfAddress).length
  // What a `where` asks for itself fails anyway.
  const asked = calls > 0 && stage.op === 'where' ? operands(expr).filter(isOfAddress).length : 0
  if (calls === asked) return flow
  const tests = invalid(expr, scene)
  if (tests.length === 0) return flow
  context.environment.note({
    code: 'sumo/no-address',
    severity: 'warning',
    message: 'a message whose value is no address would be left out here',
    at: expr.at,
    help: 'use isValidIP before, as in if(isValidIP(ip), isPrivateIP(ip), false)',
  })
  return withRows(flow, filter(flow.rows, not(either(...tests))))
}

function isOfAddress(expr: Expr): boolean {
  return expr.kind === 'call' && OF_ADDRESS.test(expr.name)
}

function operands(expr: Expr): readonly Expr[] {
  return expr.kind === 'and' ? [...operands(expr.left), ...operands(expr.right)] : [expr]
}

/** Conditions, true or false, under any of which the expression cannot be computed. */
function invalid(expr: Expr, scene: Scene): readonly Scalar[] {
  const when = (condition: () => Scalar, inner: Expr): readonly Scalar[] =>
    invalid(inner, scene).map(each => both(condition(), each))
  const passed = (inner: Expr) => () => test(inner, scene)
  const failed = (inner: Expr) => () => not(test(inner, scene))
  switch (expr.kind) {
    case 'call': {
      const inner = expr.args.flatMap(arg => invalid(arg, scene))
      const [of] = expr.args
      if (!isOfAddress(expr) || of === undefined) return inner
      const value = textOf(scalar(of, scene))
      return [...inner, known(both(not(isNull(value)), isNull(call('ip_key', value))))]
    }
    case 'if':
      return [
        ...invalid(expr.test, scene),
        ...when(passed(expr.test), expr.then),
        ...when(failed(expr.test), expr.otherwise),
      ]
    case 'and':
      return [...invalid(expr.left, scene), ...when(passed(expr.left), expr.right)]
    case 'or':
      return [...invalid(expr.left, scene), ...when(failed(expr.left), expr.right)]
    case 'not':
    case 'minus':
    case 'tested':
      return invalid(expr.of, scene)
    case 'compare':
    case 'arithmetic':
      return [...invalid(expr.left, scene), ...invalid(expr.right, scene)]
    case 'matches':
      return [...invalid(expr.of, scene), ...invalid(expr.pattern, scene)]
    case 'in':
      return [expr.of, ...expr.list].flatMap(each => invalid(each, scene))
    default:
      return []
  }
}
