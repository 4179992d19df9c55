import { never } from '../../core/never.ts'
import type { Expr, Pipeline } from './syntax.ts'
import type { Extracted, Name, Numbered, Setting, Text } from './syntax-parts.ts'

const PLAIN =
  /^(?:[\p{L}_$@]|\{\{[^{}]*\}\})(?:[\p{L}\p{N}_$@]|\.(?=[\p{L}_$@{\d])|\[\d+\]|\{\{[^{}]*\}\})*$/u
/** Words that would be read as something else than the name of a field. */
const RESERVED = new Set(
  'and or not in matches true false null as by if asc desc nodrop multi group from on'.split(' '),
)

/** The name of a field as it may stand in a query. */
export function printName({ name }: Name): string {
  return PLAIN.test(name) && !RESERVED.has(name.toLowerCase()) ? name : `%"${name}"`
}

export function printNames(names: readonly Name[]): string {
  return names.map(printName).join(', ')
}

export function printText({ raw }: Text): string {
  return `"${raw}"`
}

/** ` as name`, or nothing. */
export function printAlias(as: Name | undefined): string {
  return as === undefined ? '' : ` as ${printName(as)}`
}

/** ` by a, b`, or nothing. */
export function printBy(names: readonly Name[]): string {
  return names.length === 0 ? '' : ` by ${printNames(names)}`
}

export function printField(field: Name | undefined): string {
  return field === undefined ? '' : ` field=${printName(field)}`
}

export function printSettings(settings: readonly Setting[]): string {
  return settings
    .map(({ key, value }) => ` ${key}=${/^[\w.+-]+$/.test(value.raw) ? value.raw : printText(value)}`)
    .join(',')
}

/** ` "a", "b" as x, y`, or with a name behind each path if not all have one. */
export function printExtracted(items: readonly Extracted[]): string {
  if (items.length === 0) return ''
  const names = items.flatMap(({ as }) => (as === undefined ? [] : [as]))
  if (names.length === items.length) {
    return ` ${items.map(({ path }) => printText(path)).join(', ')} as ${printNames(names)}`
  }
  return ` ${items.map(({ path, as }) => printText(path) + printAlias(as)).join(', ')}`
}

export function printNumbered(items: readonly Numbered[]): string {
  return items.map(({ place, as }) => `${place} as ${printName(as)}`).join(', ')
}

/** ` from=(-15m) to=(-5m)` of a subquery, or nothing. */
export function printRange({ range = {} }: Pipeline): string {
  return Object.entries(range)
    .map(([key, written]) => ` ${key}=(${written})`)
    .join('')
}

/** An expression with as many parentheses as leave no doubt. */
export function printExpr(expr: Expr, pipeline: (pipeline: Pipeline) => string): string {
  const inner = (of: Expr): string => {
    const text = printExpr(of, pipeline)
    return SIMPLE.has(of.kind) ? text : `(${text})`
  }
  switch (expr.kind) {
    case 'field':
      return printName(expr)
    case 'text':
      return printText(expr)
    case 'number':
      return expr.written
    case 'boolean':
      return String(expr.value)
    case 'null':
      return 'null'
    case 'template':
      return `{{${expr.name}}}`
    case 'regex':
      return `/${expr.source}/`
    case 'call':
      return `${expr.name}(${expr.args.map(arg => printExpr(arg, pipeline)).join(', ')})`
    case 'not':
      return `!${inner(expr.of)}`
    case 'minus':
      return `-${inner(expr.of)}`
    case 'and':
    case 'or':
      return `${inner(expr.left)} ${expr.kind} ${inner(expr.right)}`
    case 'compare':
    case 'arithmetic':
      return `${inner(expr.left)} ${expr.op} ${inner(expr.right)}`
    case 'matches':
      return `${inner(expr.of)}${expr.negated ? ' not' : ''} matches ${inner(expr.pattern)}`
    case 'in':
      return `${inner(expr.of)}${expr.negated ? ' not' : ''} in ${printMembers(expr.list, pipeline)}`
    case 'tested':
      return `${inner(expr.of)} {{${expr.name}}}`
    case 'if':
      return `if(${[expr.test, expr.then, expr.otherwise].map(part => printExpr(part, pipeline)).join(', ')})`
    case 'subquery':
      return `[subquery${printRange(expr.pipeline)}: ${pipeline(expr.pipeline)}]`
    case 'unknown':
      return '?'
    default:
      return never(expr)
  }
}

const SIMPLE = new Set<Expr['kind']>([
  'field',
  'text',
  'number',
  'boolean',
  'null',
  'template',
  'regex',
  'call',
  'if',
  'subquery',
])

function printMembers(list: readonly Expr[], pipeline: (pipeline: Pipeline) => string): string {
  const text = list.map(member => printExpr(member, pipeline)).join(', ')
  return list.length === 1 && list[0]?.kind === 'subquery' ? text : `(${text})`
}
