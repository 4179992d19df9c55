import type { Pipeline } from '../../../plan/pipeline.ts'
import type { Aggregate, Named } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { column } from '../../../plan/scalars.ts'
import type { Aggregation, Expression } from '../syntax/tree.ts'
import { aggregated, isAggregate, type Made, type Making } from './aggregate-functions.ts'
import { type Context, fieldOf, fillStars, matching, refuse } from './context.ts'
import { lowerExpression } from './expression.ts'

/** What a list of aggregations is in the plan: aggregates, some of them hidden, and the columns made of them. */
export interface Aggregated {
  readonly aggregates: readonly Aggregate[]
  /** In the order written. */
  readonly columns: readonly Named[]
}

/** Aggregations over rows; `*` in an argument stands for columns, of which `except` are left out. */
export function lowerAggregations(
  aggregations: readonly Aggregation[],
  rows: Pipeline,
  context: Context,
  except: readonly string[] = [],
): Aggregated {
  const aggregates: Aggregate[] = []
  const columns = new Map<string, Scalar>()
  for (const aggregation of aggregations) {
    for (const { name, of } of argumentsOf(aggregation, rows, context, except)) {
      const making = { rows, context, name: `$aggregate${aggregates.length}` }
      const made =
        aggregation.fn === 'eval' ? computed(aggregation, making) : aggregated(aggregation, of, making)
      aggregates.push(...made.aggregates)
      columns.set(name, made.value)
    }
  }
  return { aggregates, columns: [...columns].map(([name, value]) => ({ name, value })) }
}

interface Argument {
  readonly name: string
  readonly of: Scalar | undefined
}

function argumentsOf(
  { argument, as: given, text, fn }: Aggregation,
  rows: Pipeline,
  context: Context,
  except: readonly string[],
): readonly Argument[] {
  const name = given?.name ?? unquoted(text, argument)
  if (fn === 'eval') return [{ name, of: undefined }]
  if (argument === undefined) return [{ name, of: undefined }]
  if ('expression' in argument) return [{ name, of: lowerExpression(argument.expression, rows, context) }]
  if (!argument.name.includes('*')) return [{ name, of: fieldOf(rows, argument, context) }]
  return matching(rows, argument.name)
    .filter(found => !except.includes(found.name))
    .map(found => ({
      name: given === undefined ? `${fn}(${found.name})` : fillStars(given.name, found.stars),
      of: column(found.name, found.type),
    }))
}

/** As it is written, but without the quotes of a name. */
function unquoted(text: string, argument: Aggregation['argument']): string {
  if (argument === undefined || !('name' in argument)) return text
  return /\(\s*["']/.test(text) ? `${text.slice(0, text.indexOf('('))}(${argument.name})` : text
}

/** `eval(sum(x)/count)`: an expression over aggregates. */
function computed({ argument, at }: Aggregation, making: Making): Made {
  if (argument === undefined || 'name' in argument)
    return refuse('spl/arguments', 'eval() among aggregates holds an expression over them', at)
  const parts: Made[] = []
  const members = new Map<string, Scalar>()
  const take = (fn: string, of: Expression | undefined, place: Expression['at']): Expression => {
    const name = `${making.name}_${parts.length}`
    const made = aggregated({ fn, at: place }, argumentOf(of, making), { ...making, name })
    parts.push(made)
    members.set(name, made.value)
    return { kind: 'field', name, quoted: true, at: place }
  }
  const value = lowerExpression(
    overAggregates(argument.expression, take),
    making.rows,
    making.context,
    members,
  )
  return { aggregates: parts.flatMap(({ aggregates }) => aggregates), value }
}

function argumentOf(of: Expression | undefined, { rows, context }: Making): Scalar | undefined {
  if (of === undefined) return undefined
  const inner = of.kind === 'call' && of.name === 'eval' ? (of.args[0] ?? of) : of
  return lowerExpression(inner, rows, context)
}

type Take = (fn: string, of: Expression | undefined, at: Expression['at']) => Expression

/** The expression with its aggregates taken out; a field of a single row has no place in it. */
function overAggregates(expression: Expression, take: Take): Expression {
  const inside = (inner: Expression): Expression => overAggregates(inner, take)
  switch (expression.kind) {
    case 'call':
      return isAggregate(expression.name) && expression.args.length <= 1
        ? take(expression.name, expression.args[0], expression.at)
        : { ...expression, args: expression.args.map(inside) }
    case 'field':
      return expression.name === 'count' && !expression.quoted
        ? take('count', undefined, expression.at)
        : refuse('spl/arguments', `"${expression.name}" stands outside of any aggregate`, expression.at)
    case 'binary':
      return { ...expression, left: inside(expression.left), right: inside(expression.right) }
    case 'sign':
    case 'not':
      return { ...expression, of: inside(expression.of) }
    case 'in':
      return { ...expression, of: inside(expression.of), values: expression.values.map(inside) }
    default:
      return expression
  }
}
