import { never } from '../../../core/never.ts'
import type { BinaryOperator } from '../syntax/expression.ts'
import type { Expression } from '../syntax/tree.ts'

/** A value of an expression without any event: what a field would be is nothing. */
type Constant = string | number | boolean | null

/** The expression of a macro cannot be worked out before there are events. */
export class NotConstant extends Error {}

/** The value of an expression that looks at no event, as a macro with `iseval` has. Throws `NotConstant`. */
export function constantOf(expression: Expression): Constant {
  switch (expression.kind) {
    case 'number':
      return Number(expression.text)
    case 'string':
      return expression.value
    case 'subsearch':
      throw new NotConstant('a macro cannot run a subsearch')
    case 'field':
      throw new NotConstant(`"${expression.name}" is a field, and a macro sees no event`)
    case 'sign': {
      const of = numberOf(constantOf(expression.of))
      return of === null ? null : expression.op === '-' ? -of : of
    }
    case 'not':
      return not(constantOf(expression.of))
    case 'in': {
      const of = constantOf(expression.of)
      return expression.values.some(value => compare('=', of, constantOf(value)) === true)
    }
    case 'call':
      return called(expression.name, expression.args)
    case 'binary':
      return binary(expression.op, expression.left, expression.right)
    default:
      return never(expression)
  }
}

function binary(op: BinaryOperator, first: Expression, second: Expression): Constant {
  const left = constantOf(first)
  if (op === 'AND') return left === true && constantOf(second) === true
  if (op === 'OR') return left === true || constantOf(second) === true
  const right = constantOf(second)
  if (op === 'XOR') return (left === true) !== (right === true)
  if (left === null || right === null) return null
  if (op === '.') return textOf(left) + textOf(right)
  if (op === '+' && typeof left === 'string' && typeof right === 'string') return left + right
  return '+-*/%'.includes(op) ? computed(op, numberOf(left), numberOf(right)) : compare(op, left, right)
}

function computed(op: BinaryOperator, left: number | null, right: number | null): Constant {
  if (left === null || right === null) return null
  switch (op) {
    case '+':
      return left + right
    case '-':
      return left - right
    case '*':
      return left * right
    case '/':
      return right === 0 ? null : left / right
    default:
      return right === 0 ? null : left % right
  }
}

function compare(op: BinaryOperator, left: Constant, right: Constant): Constant {
  if (left === null || right === null) return null
  const numbers = [numberOf(left), numberOf(right)] as const
  const [one, other] = numbers.includes(null) ? [textOf(left), textOf(right)] : numbers
  if (one === null || other === null) return null
  switch (op) {
    case '=':
      return one === other
    case '!=':
      return one !== other
    case '<':
      return one < other
    case '<=':
      return one <= other
    case '>':
      return one > other
    case '>=':
      return one >= other
    default:
      throw new NotConstant(`"${op}" is not known to macros`)
  }
}

/** A condition and its value, in turn. */
function firstTrue(args: readonly Expression[]): Constant {
  for (let at = 0; at + 1 < args.length; at += 2) {
    const [condition, value] = [args[at], args[at + 1]]
    if (condition !== undefined && value !== undefined && constantOf(condition) === true)
      return constantOf(value)
  }
  return null
}

function called(name: string, args: readonly Expression[]): Constant {
  if (name === 'if') return firstTrue([...args.slice(0, 2), ALWAYS, ...args.slice(2)])
  if (name === 'case') return firstTrue(args)
  const values = args.map(constantOf)
  const [first = null, second = null, third = null] = values
  if (name === 'coalesce') return values.find(value => value !== null) ?? null
  const make = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined
  if (make === undefined) throw new NotConstant(`"${name}" is not known to macros that are computed`)
  return make(first, second, third)
}

const ALWAYS: Expression = {
  kind: 'call',
  name: 'true',
  args: [],
  at: { start: 0, end: 0, line: 1, column: 1 },
}

type Make = (first: Constant, second: Constant, third: Constant) => Constant

const FUNCTIONS: Readonly<Record<string, Make>> = {
  true: () => true,
  false: () => false,
  null: () => null,
  isnull: first => first === null,
  isnotnull: first => first !== null,
  isnum: first => numberOf(first) !== null,
  lower: first => (first === null ? null : textOf(first).toLowerCase()),
  upper: first => (first === null ? null : textOf(first).toUpperCase()),
  trim: first => (first === null ? null : textOf(first).trim()),
  len: first => (first === null ? null : [...textOf(first)].length),
  tostring: first => (first === null ? null : textOf(first)),
  tonumber: first => numberOf(first),
  round: first => rounded(numberOf(first)),
  substr: (first, from, length) => part(first, numberOf(from), numberOf(length)),
}

function part(of: Constant, from: number | null, length: number | null): Constant {
  if (of === null || from === null) return null
  const signs = [...textOf(of)]
  const start = from < 0 ? Math.max(0, signs.length + from) : Math.max(0, from - 1)
  return signs.slice(start, length === null ? undefined : start + length).join('')
}

function rounded(value: number | null): Constant {
  return value === null ? null : Math.sign(value) * Math.round(Math.abs(value))
}

function not(value: Constant): Constant {
  return value === null ? null : value !== true
}

function textOf(value: Constant): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  return String(value)
}

function numberOf(value: Constant): number | null {
  if (typeof value === 'number') return value
  return typeof value === 'string' && /^\s*[-+]?(\d+\.?\d*|\.\d+)\s*$/.test(value) ? Number(value) : null
}
