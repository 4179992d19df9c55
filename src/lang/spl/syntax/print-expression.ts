import { never } from '../../../core/never.ts'
import { BINDING, IN_BINDING, NOT_BINDING, SIGN_BINDING } from './expression.ts'
import { quote } from './text.ts'
import type { Expression } from './tree.ts'

/** An expression as text that reads as the same expression. */
export function printExpression(expression: Expression): string {
  switch (expression.kind) {
    case 'number':
      return expression.text
    case 'string':
      return quote(expression.value)
    case 'field':
      return expression.quoted ? `'${expression.name.replaceAll("'", "\\'")}'` : expression.name
    case 'call':
      return `${expression.name}(${expression.args.map(printExpression).join(', ')})`
    case 'sign':
      return `${expression.op}${inside(expression.of, SIGN_BINDING)}`
    case 'not':
      return `NOT ${inside(expression.of, NOT_BINDING)}`
    case 'binary': {
      const { op, left, right } = expression
      const binding = BINDING[op]
      return `${inside(left, binding - 1)} ${op} ${inside(right, binding)}`
    }
    case 'in': {
      const values = expression.values.map(printExpression).join(', ')
      return `${inside(expression.of, IN_BINDING - 1)} IN (${values})`
    }
    case 'subsearch':
      return `[${expression.text}]`
    default:
      return never(expression)
  }
}

/** In parentheses unless it binds more tightly than that. */
function inside(expression: Expression, binding: number): string {
  const text = printExpression(expression)
  return bindingOf(expression) > binding ? text : `(${text})`
}

function bindingOf(expression: Expression): number {
  switch (expression.kind) {
    case 'binary':
      return BINDING[expression.op]
    case 'in':
      return IN_BINDING
    case 'not':
    case 'sign':
      // A prefix takes in whatever follows it, so it never stands beside an operator unprotected.
      return 0
    default:
      return 10
  }
}
