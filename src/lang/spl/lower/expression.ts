import { never } from '../../../core/never.ts'
import type { Pipeline } from '../../../plan/pipeline.ts'
import type { Comparison, Scalar } from '../../../plan/scalar.ts'
import { both, call, either, not, nothing, number, text } from '../../../plan/scalars.ts'
import type { BinaryOperator } from '../syntax/expression.ts'
import type { Expression } from '../syntax/tree.ts'
import { type Context, fieldOf, has, refuse } from './context.ts'
import type { Given } from './functions/function.ts'
import { findFunction } from './functions/index.ts'
import { likeTest } from './functions/patterns.ts'
import { comparable } from './origins.ts'
import { compared, joined, literalOf, plus, truthOf } from './values.ts'

/** The value of an expression in a row; names may stand for given values. */
export function lowerExpression(
  expression: Expression,
  rows: Pipeline,
  context: Context,
  members: ReadonlyMap<string, Scalar> = new Map(),
): Scalar {
  return new Lowerer(rows, context, members).value(expression)
}

/** An expression as a condition, which may be null. */
export function lowerCondition(expression: Expression, rows: Pipeline, context: Context): Scalar {
  return truthOf(lowerExpression(expression, rows, context))
}

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  '=': 'eq',
  '!=': 'ne',
  '<': 'lt',
  '<=': 'lte',
  '>': 'gt',
  '>=': 'gte',
}

/** Functions that compare their first argument. */
const COMPARING: ReadonlySet<string> = new Set(['in', 'like', 'match'])

class Lowerer {
  private readonly rows: Pipeline
  private readonly context: Context
  /** Fields that stand for one member while a function looks at a list. */
  private readonly members: ReadonlyMap<string, Scalar>

  constructor(rows: Pipeline, context: Context, members: ReadonlyMap<string, Scalar> = new Map()) {
    this.rows = rows
    this.context = context
    this.members = members
  }

  value(expression: Expression): Scalar {
    switch (expression.kind) {
      case 'number':
        return number(Number(expression.text))
      case 'string':
        return text(expression.value)
      case 'field':
        if (isPlainNull(expression) && !has(this.rows, expression.name)) return nothing('text')
        return this.members.get(expression.name) ?? fieldOf(this.rows, expression, this.context)
      case 'call':
        return this.call(expression)
      case 'sign': {
        const of = this.value(expression.of)
        const value = literalOf(of)
        if (typeof value === 'number') return number(expression.op === '-' ? -value : value)
        return expression.op === '-' ? call('subtract', number(0), of) : of
      }
      case 'not':
        return not(truthOf(this.value(expression.of)))
      case 'binary':
        return this.binary(expression.op, expression.left, expression.right)
      case 'in':
        return oneOf(
          this.compareValue(expression.of),
          expression.values.map(value => this.value(value)),
        )
      case 'subsearch':
        return refuse('spl/subsearch', 'a subsearch cannot stand here', expression.at)
      default:
        return never(expression)
    }
  }

  /** What a comparison looks at: of where an event comes from, any of its names. */
  private compareValue(expression: Expression): Scalar {
    const names = expression.kind === 'field' ? comparable(this.rows, expression.name) : undefined
    return names ?? this.value(expression)
  }

  private binary(op: BinaryOperator, first: Expression, second: Expression): Scalar {
    const [left, right] = [this.value(first), this.value(second)]
    switch (op) {
      case '+':
        return plus(left, right)
      case '-':
        return call('subtract', left, right)
      case '*':
        return call('multiply', left, right)
      case '/':
        return call('divide', left, right)
      case '%':
        return call('modulo', left, right)
      case '.':
        this.warnOfDot(first, second)
        return joined(left, right)
      case 'AND':
        return both(truthOf(left), truthOf(right))
      case 'OR':
        return either(truthOf(left), truthOf(right))
      case 'XOR': {
        const [one, other] = [truthOf(left), truthOf(right)]
        return either(both(one, not(other)), both(not(one), other))
      }
      case 'LIKE':
        return likeTest(this.compareValue(first), right, second.at)
      default:
        return compared(COMPARISONS[op] ?? 'eq', this.compareValue(first), this.compareValue(second))
    }
  }

  /** `a.b` without quotes puts two fields together, which is seldom meant. */
  private warnOfDot(left: Expression, right: Expression): void {
    if (left.kind !== 'field' || right.kind !== 'field' || left.quoted || right.quoted) return
    if (left.at.end !== right.at.start - 1) return
    const name = `${left.name}.${right.name}`
    this.context.environment.note({
      code: 'spl/dotted-name',
      severity: 'warning',
      message: `"${name}" is the field "${left.name}" and the field "${right.name}" put together`,
      at: { ...left.at, end: right.at.end },
      help: `the field of that name is written '${name}'`,
    })
  }

  private call(expression: Extract<Expression, { kind: 'call' }>): Scalar {
    const { name, args, at } = expression
    const known = findFunction(name)
    if (known === undefined) return refuse('spl/unknown-function', `there is no function "${name}"`, at)
    const read = (arg: Expression) => (COMPARING.has(name) ? this.compareValue(arg) : this.value(arg))
    const given: Given = {
      at,
      args,
      value: index => this.argument(args[index], read),
      all: () => args.map(read),
      lowered: expression => this.value(expression),
      now: this.context.environment.now,
      rows: this.rows,
      context: this.context,
      inside: (field, member, body) =>
        new Lowerer(this.rows, this.context, new Map([...this.members, [field, member]])).value(body),
    }
    return known.make(given)
  }

  private argument(arg: Expression | undefined, read: (arg: Expression) => Scalar): Scalar {
    return arg === undefined ? nothing('text') : read(arg)
  }
}

/** `null` without parentheses is a field that is meant not to be there. */
function isPlainNull({ name, quoted }: Extract<Expression, { kind: 'field' }>): boolean {
  return !quoted && name.toLowerCase() === 'null'
}

/** Is the value equal to any of them? */
function oneOf(value: Scalar, values: readonly Scalar[]): Scalar {
  return either(...values.map(one => compared('eq', value, one)))
}
