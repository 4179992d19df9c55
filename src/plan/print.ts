import { never } from '../core/never.ts'
import type { Expr, Field, Leaf, Order, Regex, SameHow } from './expr.ts'
import type { Pattern } from './pattern.ts'

/**
 * A condition as indented text, one test a line, for people and for pages. Two conditions that can differ in
 * meaning print differently; texts are quoted as in JSON, wildcards stand outside the quotes.
 */
export function print(expr: Expr): string {
  return lines(expr).join('\n')
}

/** One test as a line of text. */
export function printLeaf(leaf: Leaf): string {
  switch (leaf.kind) {
    case 'match':
      return `${name(leaf.of)} = ${pattern(leaf.pattern)}${cased(leaf.caseless)}`
    case 'regex':
      return `${name(leaf.of)} ~ ${regex(leaf.regex)}`
    case 'number':
      return `${name(leaf.of)} = number ${leaf.value} or text ${JSON.stringify(leaf.text)}`
    case 'boolean':
      return `${name(leaf.of)} = boolean ${leaf.value}`
    case 'null':
      return `${name(leaf.of)} is missing or null`
    case 'exists':
      return `${name(leaf.of)} exists`
    case 'compare':
      return `${leaf.part === undefined ? '' : `${leaf.part} of `}${name(leaf.of)} ${ORDERS[leaf.order]} ${leaf.digits ?? leaf.value}`
    case 'cidr':
      return `${name(leaf.of)} in network ${leaf.network.text}`
    case 'same':
      return `${name(leaf.of)} ${HOWS[leaf.how]} field ${name(leaf.other)}${cased(leaf.caseless)}`
    case 'keyword':
      if (leaf.regex !== undefined) return `any value ~ ${regex(leaf.regex)}`
      return `any value contains ${pattern(leaf.pattern)}${cased(leaf.caseless)}`
    case 'constant':
      return leaf.value ? 'always' : 'never'
    default:
      return never(leaf)
  }
}

const ORDERS: Record<Order, string> = { lt: '<', lte: '<=', gt: '>', gte: '>=', eq: '==' }

const HOWS: Record<SameHow, string> = {
  equals: '=',
  startswith: 'starts with',
  endswith: 'ends with',
  contains: 'contains',
}

function lines(expr: Expr): readonly string[] {
  switch (expr.kind) {
    case 'and':
    case 'or':
      return [expr.kind + label(expr.label), ...expr.of.flatMap(lines).map(indent)]
    case 'not':
      return ['not', ...lines(expr.of).map(indent)]
    default:
      return [printLeaf(expr)]
  }
}

function indent(line: string): string {
  return `  ${line}`
}

function label(text: string | undefined): string {
  return text === undefined ? '' : ` ${JSON.stringify(text)}`
}

function name(field: Field): string {
  const plain = /^[\w.@-]+$/.test(field.name) ? field.name : JSON.stringify(field.name)
  const usual = field.path.join('\0') === field.name.split('.').join('\0')
  return usual ? plain : `${plain} at ${JSON.stringify(field.path)}`
}

function pattern(parts: Pattern): string {
  if (parts.length === 0) return '""'
  return parts
    .map(part => (typeof part === 'string' ? JSON.stringify(part) : part.wild === 'any' ? '*' : '?'))
    .join(' ')
}

function regex({ source, caseless, multiline, dotall }: Regex): string {
  const flags = `${caseless ? 'i' : ''}${multiline ? 'm' : ''}${dotall ? 's' : ''}`
  return JSON.stringify(source) + (flags === '' ? '' : ` ${flags}`)
}

function cased(caseless: boolean): string {
  return caseless ? '' : ', case-sensitive'
}
