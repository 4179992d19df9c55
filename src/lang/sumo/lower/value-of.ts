import { nearest } from '../../../core/nearest.ts'
import { never } from '../../../core/never.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import {
  both,
  call,
  compare as compared,
  either,
  known,
  not,
  nothing,
  number,
  text,
  truth,
} from '../../../plan/scalars.ts'
import { functionNamed, functionNames } from '../functions/index.ts'
import type { Expr } from '../syntax.ts'
import type { Arithmetic, Comparison } from '../syntax-expression.ts'
import { type Context, type Flow, fieldValue } from './flow.ts'
import { glob } from './glob.ts'
import { refuse } from './refuse.ts'
import { readRegex } from './regex-of.ts'
import { replacement } from './replacement.ts'
import { comparedText, filled, writtenText } from './texts.ts'
import { conditionOf, isNullLiteral, literalText, numberOf, pick, textOf } from './values.ts'

/** What an expression is read with. */
export interface Scene {
  readonly flow: Flow
  readonly context: Context
  /** What the subqueries of the expression came to. */
  readonly subqueries?: ReadonlyMap<Expr, Scalar>
}

/** An expression as a test that is true or false, never null. */
export function test(expr: Expr, scene: Scene): Scalar {
  return conditionOf(scalar(expr, scene))
}

/** An expression as a value of a row. */
export function scalar(expr: Expr, scene: Scene): Scalar {
  switch (expr.kind) {
    case 'field':
      return fieldValue(scene.flow, scene.context, expr.name, expr.at)
    case 'text':
      return text(comparedText(filled(expr.raw)))
    case 'number':
      return number(expr.value)
    case 'boolean':
      return truth(expr.value)
    case 'null':
    case 'template':
      return nothing('text')
    case 'tested':
      return truth(true)
    case 'call':
      return scene.subqueries?.get(expr) ?? called(expr, scene)
    case 'regex':
      return refuse('regex', 'a regular expression can only stand behind "matches" and in "replace"', expr.at)
    case 'not':
      return not(test(expr.of, scene))
    case 'minus':
      return call('subtract', number(0), numberOf(scalar(expr.of, scene)))
    case 'and':
      return both(...operands(expr, 'and').map(each => test(each, scene)))
    case 'or':
      return either(...operands(expr, 'or').map(each => test(each, scene)))
    case 'compare':
      if (isOpen(expr.left, expr.right) || isOpen(expr.right, expr.left)) return truth(true)
      return compare(expr.op, scalar(expr.left, scene), scalar(expr.right, scene))
    case 'arithmetic':
      return call(
        ARITHMETIC[expr.op],
        numberOf(scalar(expr.left, scene)),
        numberOf(scalar(expr.right, scene)),
      )
    case 'matches':
      if (expr.pattern.kind === 'template' || expr.of.kind === 'template') return truth(true)
      return negated(matches(expr, scene), expr.negated)
    case 'in':
      if (expr.of.kind === 'template' || expr.list.some(({ kind }) => kind === 'template')) return truth(true)
      return negated(isIn(expr, scene), expr.negated)
    case 'if':
      return pick(test(expr.test, scene), scalar(expr.then, scene), scalar(expr.otherwise, scene))
    case 'subquery':
      return (
        scene.subqueries?.get(expr) ?? refuse('subquery', 'a subquery can only stand in "where"', expr.at)
      )
    case 'unknown':
      return refuse('syntax', 'this could not be read', expr.at)
    default:
      return never(expr)
  }
}

/** A parameter that nobody gave, or what is made of one, compared with something; with a text it is `*`. */
function isOpen(expr: Expr, other: Expr): boolean {
  return expr.kind === 'template' || (other.kind !== 'text' && hangs(expr))
}

/** Does its value hang on a parameter that nobody gave? */
function hangs(expr: Expr): boolean {
  switch (expr.kind) {
    case 'template':
      return true
    case 'text':
      return /^\{\{[^{}\n]*\}\}$/.test(expr.raw)
    case 'call':
      return expr.args.some(hangs)
    case 'minus':
      return hangs(expr.of)
    case 'arithmetic':
      return hangs(expr.left) || hangs(expr.right)
    default:
      return false
  }
}

/** The operands of a chain of one operator, from the left. */
function operands(expr: Expr, kind: 'and' | 'or'): readonly Expr[] {
  const found: Expr[] = []
  let left = expr
  while (left.kind === kind) {
    found.push(left.right)
    left = left.left
  }
  return [left, ...found.reverse()]
}

const ARITHMETIC: Record<Arithmetic, 'add' | 'subtract' | 'multiply' | 'quotient' | 'modulo'> = {
  '+': 'add',
  '-': 'subtract',
  '*': 'multiply',
  '/': 'quotient',
  '%': 'modulo',
}

const ORDERS = { '=': 'eq', '!=': 'ne', '<': 'lt', '<=': 'lte', '>': 'gt', '>=': 'gte' } as const

/**
 * False if either side is null. Texts are equal if they are the same, case included; they are ordered as numbers if both
 * are. Of several values, as our sources have categories, any may be equal.
 */
export function compare(op: Comparison, left: Scalar, right: Scalar): Scalar {
  const order = ORDERS[op]
  if (isNullLiteral(left) && isNullLiteral(right)) return truth(false)
  if (left.type === 'boolean' || right.type === 'boolean') {
    return known(compared(order, textOf(left), textOf(right), { how: 'text', caseless: true }))
  }
  const equality = order === 'eq' || order === 'ne'
  if (equality && (left.type === 'list') !== (right.type === 'list')) {
    const [list, value] = left.type === 'list' ? [left, right] : [right, left]
    const has = call('list_contains', list, textOf(value))
    return known(order === 'ne' ? not(has) : has)
  }
  if (left.type === 'number' || right.type === 'number') {
    const sides = equality
      ? ([textOrNumber(left), textOrNumber(right)] as const)
      : ([numberOf(left), numberOf(right)] as const)
    return known(compared(order, sides[0], sides[1], equality ? {} : { how: 'number' }))
  }
  return known(compared(order, textOf(left), textOf(right), { how: equality ? 'text' : 'auto' }))
}

function textOrNumber(value: Scalar): Scalar {
  return value.type === 'number' ? value : textOf(value)
}

function negated(value: Scalar, is: boolean): Scalar {
  return is ? not(value) : value
}

function matches({ of, pattern }: Extract<Expr, { kind: 'matches' }>, scene: Scene): Scalar {
  const value = textOf(scalar(of, scene))
  if (pattern.kind === 'regex') {
    const { regex } = readRegex(pattern.source, pattern.at)
    return known({ kind: 'search', of: value, regex, type: 'boolean' })
  }
  const wanted = folded(scalar(pattern, scene), pattern)
  const fixed = literalText(wanted)
  if (fixed === undefined) return known(call('matches_glob', value, textOf(wanted)))
  return known({ kind: 'like', of: value, pattern: glob(fixed), caseless: false, type: 'boolean' })
}

/** `toLowerCase("…")` as the text that it is. */
function folded(value: Scalar, expr: Expr): Scalar {
  const [only] = expr.kind === 'call' ? expr.args : []
  if (expr.kind !== 'call' || only?.kind !== 'text' || expr.args.length > 1) return value
  const written = comparedText(filled(only.raw))
  if (/^tolowercase$/i.test(expr.name)) return text(written.toLowerCase())
  return /^touppercase$/i.test(expr.name) ? text(written.toUpperCase()) : value
}

/** Members that are compared one by one. */
const FEW = 20

function isIn({ of, list }: Extract<Expr, { kind: 'in' }>, scene: Scene): Scalar {
  const value = scalar(of, scene)
  const [only] = list
  if (only?.kind === 'subquery') return scalar(only, scene)
  const members = list.map(each => scalar(each, scene))
  if (
    members.length > FEW &&
    value.type === 'text' &&
    members.every(each => literalText(each) !== undefined)
  ) {
    return known(call('list_contains', call('list_of', ...members), value))
  }
  return members.length === 0 ? truth(false) : either(...members.map(each => compare('=', value, each)))
}

function called(expr: Extract<Expr, { kind: 'call' }>, scene: Scene): Scalar {
  const found = functionNamed(expr.name)
  if (found === undefined) return unknownFunction(expr)
  const { args, name, at } = expr
  if (args.length < found.least || args.length > found.most) {
    const wanted = found.least === found.most ? `${found.least}` : `${found.least} to ${found.most}`
    return refuse('arguments', `"${name}" takes ${wanted} arguments, not ${args.length}`, at)
  }
  const [of, pattern, by] = args
  if (
    found.names.includes('replace') &&
    of !== undefined &&
    pattern?.kind === 'regex' &&
    by?.kind === 'text'
  ) {
    const { regex, groups } = readRegex(pattern.source, pattern.at)
    const written = replacement(by.raw, groups)
    return { kind: 'substitute', of: textOf(scalar(of, scene)), regex, by: written, all: true, type: 'text' }
  }
  const values = args.map(each =>
    each.kind === 'text' ? text(writtenText(filled(each.raw))) : scalar(each, scene),
  )
  return found.value(values, { name, at, context: scene.context })
}

function unknownFunction({ name, at }: Extract<Expr, { kind: 'call' }>): never {
  const near = nearest(name, functionNames)
  const known = `known are ${[...functionNames].sort().join(', ')}`
  const help = near === undefined ? known : `did you mean "${near}"? ${known}`
  return refuse('unknown-function', `there is no function "${name}"`, at, help)
}
