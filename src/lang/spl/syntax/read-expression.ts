import { readSubsearch } from '../inner-text.ts'
import type { Reader } from '../reader.ts'
import { BINDING, type BinaryOperator, IN_BINDING, NOT_BINDING, SIGN_BINDING } from './expression.ts'
import type { Expression } from './tree.ts'

/** Reads an expression of `eval` or `where`, as far as it goes. */
export function readExpression(reader: Reader, least = 0): Expression {
  return reader.nested(() => climb(reader, least), nothing(reader))
}

function climb(reader: Reader, least: number): Expression {
  let left = operand(reader)
  for (;;) {
    const before = reader.at
    const found = operator(reader)
    if (found === undefined || bindingOf(found) <= least) {
      if (!reader.failed) reader.at = before
      return left
    }
    left = joined(reader, left, found)
  }
}

type Infix = BinaryOperator | 'IN' | 'NOT IN' | 'NOT LIKE'

function bindingOf(found: Infix): number {
  const positive = positiveOf(found)
  return positive === 'IN' ? IN_BINDING : BINDING[positive]
}

function positiveOf(found: Infix): BinaryOperator | 'IN' {
  return found === 'NOT IN' ? 'IN' : found === 'NOT LIKE' ? 'LIKE' : found
}

function joined(reader: Reader, left: Expression, found: Infix): Expression {
  const start = left.at
  const op = positiveOf(found)
  if (op !== found) {
    const of = joined(reader, left, op)
    return { kind: 'not', of, at: of.at }
  }
  if (op === 'IN') {
    const values = list(reader)
    return { kind: 'in', of: left, values, at: { ...start, end: reader.span(reader.at - 1).end } }
  }
  const right = readExpression(reader, BINDING[op])
  return { kind: 'binary', op, left, right, at: { ...start, end: right.at.end } }
}

function operator(reader: Reader): Infix | undefined {
  reader.space()
  const sign = reader.match(/==|!=|<=|>=|[=<>*/%+.-]/y)?.[0]
  if (sign !== undefined) return sign === '==' ? '=' : (sign as BinaryOperator)
  const word = reader.match(/(?:and|or|xor|(?:not\s+)?(?:like|in))(?!\w)/iy)?.[0]
  return word?.toUpperCase().replace(/\s+/, ' ') as Infix | undefined
}

function operand(reader: Reader): Expression {
  reader.space()
  const start = reader.at
  if (reader.match(/not(?!\w)|!(?!=)/iy) !== undefined) {
    const of = readExpression(reader, NOT_BINDING)
    return { kind: 'not', of, at: reader.span(start) }
  }
  const sign = reader.match(/[-+]/y)?.[0]
  if (sign !== undefined) {
    const of = readExpression(reader, SIGN_BINDING)
    return { kind: 'sign', op: sign === '-' ? '-' : '+', of, at: reader.span(start) }
  }
  if (reader.take('(')) {
    const inner = readExpression(reader)
    reader.expect(')')
    return inner
  }
  return atom(reader, start)
}

function atom(reader: Reader, start: number): Expression {
  const quote = reader.peek()
  if (quote === '[') return subsearch(reader, start)
  if (quote === '"') return { kind: 'string', value: reader.delimited(), at: reader.span(start) }
  if (quote === "'") return { kind: 'field', name: reader.delimited(), quoted: true, at: reader.span(start) }
  const number = reader.match(/(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?(?!\w)/y)?.[0]
  if (number !== undefined) return { kind: 'number', text: number, at: reader.span(start) }
  const name = reader.match(/[A-Za-z_]\w*/y)?.[0]
  if (name === undefined) return missing(reader)
  if (reader.looksAt(/\s*\(/y)) {
    const args = list(reader)
    return { kind: 'call', name: name.toLowerCase(), args, at: reader.span(start) }
  }
  if (reader.looksAt(/\{[^}]*\}/y)) return braces(reader, start)
  return { kind: 'field', name, quoted: false, at: reader.span(start) }
}

function subsearch(reader: Reader, start: number): Expression {
  const search = readSubsearch(reader)
  const text = reader.text.slice(start + 1, Math.max(start + 1, reader.at - 1)).trim()
  return { kind: 'subsearch', search, text, at: reader.span(start) }
}

/** Expressions in parentheses with commas between. */
function list(reader: Reader): readonly Expression[] {
  reader.expect('(')
  const values: Expression[] = []
  reader.space()
  if (reader.take(')')) return values
  do {
    values.push(readExpression(reader))
    reader.space()
  } while (reader.take(','))
  reader.expect(')')
  return values
}

function missing(reader: Reader): Expression {
  reader.unexpected('a value is missing')
  return nothing(reader)
}

function braces(reader: Reader, from: number): Expression {
  reader.match(/[\w.{}]*/y)
  const name = reader.text.slice(from, reader.at)
  reader.fail('spl/field-quotes', `"${name}" needs quotes in an expression`, {
    from,
    help: `write '${name}' in single quotes`,
  })
  return nothing(reader)
}

function nothing(reader: Reader): Expression {
  return { kind: 'string', value: '', at: reader.span(reader.at) }
}
