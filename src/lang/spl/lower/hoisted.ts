import type { Answer, Lowering } from '../../../plan/lowering.ts'
import { extend, filter, group, type Pipeline, window } from '../../../plan/pipeline.ts'
import type { Relation } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { as, call, column, compare, isNull, not, number } from '../../../plan/scalars.ts'
import type { Expression } from '../syntax/tree.ts'
import { type Context, freshName, refuse } from './context.ts'
import { lowerExpression } from './expression.ts'
import { HOISTED, HOISTED_VALUE } from './hoisted-names.ts'
import { lookupCalled } from './lookup-call.ts'

type Call = Extract<Expression, { kind: 'call' }>

/** Rows that carry what an expression cannot compute of a row alone, and the expression that reads it of them. */
export interface Hoisted {
  readonly rows: Pipeline
  readonly expression: Expression
}

type Run = (one: Call, rows: Pipeline, context: Context) => Pipeline | Lowering<Pipeline>

const FUNCTIONS: ReadonlyMap<string, Run> = new Map<string, Run>([
  ['lookup', lookupCalled],
  ['random', randomNumbers],
  ['sha512', digests],
])

/** Takes `lookup()`, `random()` and `sha512()` out of an expression, the inner ones first. */
export function* hoisted(expression: Expression, rows: Pipeline, context: Context): Lowering<Hoisted> {
  switch (expression.kind) {
    case 'call': {
      const inner = yield* hoistedAll(expression.args, rows, context)
      const own = { ...expression, args: inner.all }
      const run = FUNCTIONS.get(expression.name)
      if (run === undefined) return { rows: inner.rows, expression: own }
      const begun = run(own, inner.rows, context)
      const made = 'next' in begun ? yield* begun : begun
      const name = freshName(made, HOISTED.slice(1))
      const kept = extend(made, [{ name, value: column(HOISTED_VALUE, typeOf(expression.name)) }])
      return { rows: kept, expression: { kind: 'field', name, quoted: true, at: expression.at } }
    }
    case 'binary': {
      const { all, rows: after } = yield* hoistedAll([expression.left, expression.right], rows, context)
      const [left = expression.left, right = expression.right] = all
      return { rows: after, expression: { ...expression, left, right } }
    }
    case 'sign':
    case 'not': {
      const inner = yield* hoisted(expression.of, rows, context)
      return { rows: inner.rows, expression: { ...expression, of: inner.expression } }
    }
    case 'in': {
      const { all, rows: after } = yield* hoistedAll([expression.of, ...expression.values], rows, context)
      const [of = expression.of, ...values] = all
      return { rows: after, expression: { ...expression, of, values } }
    }
    default:
      return { rows, expression }
  }
}

function typeOf(name: string): Scalar['type'] {
  return name === 'random' ? 'number' : 'text'
}

function* hoistedAll(
  all: readonly Expression[],
  rows: Pipeline,
  context: Context,
): Lowering<{ readonly rows: Pipeline; readonly all: readonly Expression[] }> {
  const done: Expression[] = []
  let after = rows
  for (const one of all) {
    const made = yield* hoisted(one, after, context)
    after = made.rows
    done.push(made.expression)
  }
  return { rows: after, all: done }
}

/** Whole numbers below 2^31 that look like chance and are the same in each run. */
function randomNumbers({ at }: Call, rows: Pipeline): Pipeline {
  const place = freshName(rows, 'nth')
  const placed = window(rows, [
    { name: place, fn: 'row_number', partitionBy: [], orderBy: rows.order, type: 'number' },
  ])
  const seed = call('add', call('multiply', column(place, 'number'), number(12.9898)), number(at.start))
  const wild = call('absolute', call('multiply', call('sine', seed), number(43_758.5453)))
  const part = call('subtract', wild, call('floor', wild))
  return extend(placed, [
    { name: HOISTED_VALUE, value: call('floor', call('multiply', part, number(2 ** 31))) },
  ])
}

/** Different values that are digested at most. */
const MOST = 20_000

function* digests({ args: [arg], at }: Call, rows: Pipeline, context: Context): Lowering<Pipeline> {
  if (arg === undefined) return refuse('spl/arguments', '"sha512" takes 1 arguments, not 0', at)
  const value = as('text', lowerExpression(arg, rows, context))
  const values = group(filter(rows, not(isNull(value))), [{ name: 'value', value }], [])
  const answer: Answer = yield { relation: values.relation, limit: MOST, why: 'values for sha512' }
  if (answer.more) return refuse('spl/rows', `sha512 takes at most ${MOST} different values`, at)
  const of = freshName(rows, 'of')
  const right: Relation = {
    op: 'rows',
    columns: [
      { name: of, type: 'text' },
      { name: `${of}_digest`, type: 'text' },
    ],
    rows: answer.rows.map(({ value: given }) => [String(given), context.environment.sha512(String(given))]),
  }
  const on = compare('eq', value, column(of, 'text'), { how: 'text' })
  const relation: Relation = { op: 'join', how: 'left', left: rows.relation, right, on }
  return extend({ ...rows, relation }, [{ name: HOISTED_VALUE, value: column(`${of}_digest`, 'text') }])
}
