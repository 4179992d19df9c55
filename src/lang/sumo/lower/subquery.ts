import type { Lowering } from '../../../plan/lowering.ts'
import { limit, select } from '../../../plan/pipeline.ts'
import { regex } from '../../../plan/regex.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { both, call, either, known, text, truth } from '../../../plan/scalars.ts'
import type { Expr, Pipeline } from '../syntax.ts'
import type { Name } from '../syntax-parts.ts'
import { contained } from './contained.ts'
import { type Context, type Flow, fieldValue } from './flow.ts'
import { phrasePattern } from './keywords.ts'
import { refuse } from './refuse.ts'
import { settingOf } from './setting-of.ts'
import { compare } from './value-of.ts'
import { textOf } from './values.ts'

/** Rows of a subquery that count, unless it says how many do, and how many it may say. */
const USUAL = 2500
const MOST = 10_000
/** Values that are compared one by one. */
const FEW = 20

/** A subquery as a test: any of its rows agrees with the message, in all fields that it composes. */
export function* composed(pipeline: Pipeline, flow: Flow, context: Context): Lowering<Scalar> {
  const last = pipeline.stages.at(-1)
  if (last?.op !== 'compose') {
    return refuse(
      'subquery',
      'a subquery must end with "compose"',
      pipeline.at,
      'add | compose and the fields that it gives',
    )
  }
  const inner = yield* context.lower(pipeline)
  const most = settingOf(last.settings, 'maxresults', USUAL, { least: 1, most: MOST })
  const columns = last.fields.map(({ name, at }) => ({
    name,
    value: textOf(fieldValue(inner, context, name, at)),
  }))
  const { relation } = limit(select(inner.rows, columns), most + 1)
  const answer = yield { relation, limit: most, why: 'rows of the subquery' }
  const { rows } = answer
  if (answer.more) {
    context.environment.note({
      code: 'sumo/subquery-rows',
      severity: 'warning',
      message: `the subquery gives more than ${most} rows: only the first of them count`,
      at: pipeline.at,
      help: `end it with "limit", or say maxresults=… up to ${MOST}`,
    })
  }
  const [only, ...others] = last.fields
  if (only !== undefined && others.length === 0 && !last.keywords && rows.length > FEW) {
    const values = rows.map(row => text(String(row[only.name] ?? null)))
    const value = textOf(fieldValue(flow, context, only.name, only.at))
    return known(call('list_contains', call('list_of', ...values), value))
  }
  const tests = rows.map(row => {
    const values = last.fields.map(field => ({ field, value: row[field.name] ?? null }))
    return both(
      ...values.map(({ field, value }) => agrees(field, String(value), last.keywords, { flow, context })),
    )
  })
  return tests.length === 0 ? truth(false) : either(...tests)
}

function agrees(
  { name, at }: Name,
  value: string,
  keywords: boolean,
  { flow, context }: { readonly flow: Flow; readonly context: Context },
): Scalar {
  if (!keywords) return compare('=', fieldValue(flow, context, name, at), text(value))
  const of = textOf(fieldValue(flow, context, '_raw'))
  const pattern = phrasePattern(value, false)
  if (pattern === undefined) return truth(true)
  return known({ kind: 'search', of, regex: regex(pattern, { caseless: true }), type: 'boolean' })
}

/** The subqueries inside of an expression, and its tests on tables. */
export function* subqueriesOf(expr: Expr, flow: Flow, context: Context): Lowering<ReadonlyMap<Expr, Scalar>> {
  const found = new Map<Expr, Scalar>()
  for (const each of within(expr)) {
    if (each.kind === 'subquery') found.set(each, yield* composed(each.pipeline, flow, context))
    if (each.kind === 'call' && /^lookupcontains$/i.test(each.name)) {
      found.set(each, yield* contained(each, flow, context))
    }
  }
  return found
}

/** An expression and all that it is made of. */
function within(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'call':
      return [expr, ...expr.args.flatMap(within)]
    case 'not':
    case 'minus':
    case 'tested':
      return [expr, ...within(expr.of)]
    case 'and':
    case 'or':
    case 'compare':
    case 'arithmetic':
      return [expr, ...within(expr.left), ...within(expr.right)]
    case 'matches':
      return [expr, ...within(expr.of), ...within(expr.pattern)]
    case 'in':
      return [expr, ...within(expr.of), ...expr.list.flatMap(within)]
    case 'if':
      return [expr, ...within(expr.test), ...within(expr.then), ...within(expr.otherwise)]
    default:
      return [expr]
  }
}
