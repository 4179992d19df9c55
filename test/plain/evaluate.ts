import { RE2JS } from 're2js'
import type { Json, JsonObject } from '../../src/core/json.ts'
import { never } from '../../src/core/never.ts'
import type { Expr, Field, Leaf, Order, Regex, SameHow } from '../../src/plan/expr.ts'
import { matchesSome, matchesWhole } from './glob.ts'
import { inNetwork } from './network.ts'
import { timePart } from './time-part.ts'
import { leaves, scalarText, textOf, valuesAt } from './values.ts'

/**
 * The meaning of a condition, written as plainly as it can be said and without regard for speed. It shares no
 * code with `src/scan`, which must agree with it on every event.
 */
export function evaluate(expr: Expr, event: JsonObject): boolean {
  switch (expr.kind) {
    case 'and':
      return expr.of.every(inner => evaluate(inner, event))
    case 'or':
      return expr.of.some(inner => evaluate(inner, event))
    case 'not':
      return !evaluate(expr.of, event)
    case 'constant':
      return expr.value
    case 'keyword': {
      const { pattern, caseless, regex } = expr
      const found = (text: string): boolean =>
        regex === undefined ? matchesSome(pattern, text, caseless) : search(regex, text)
      return leaves(event).some(value => textOf(value).some(found))
    }
    case 'exists':
      return valuesAt(event, expr.of.path).length > 0
    case 'null': {
      const values = valuesAt(event, expr.of.path)
      return values.length === 0 || values.includes(null)
    }
    case 'same':
      return same(expr, event)
    default:
      return valuesAt(event, expr.of.path).some(value => holds(expr, value))
  }
}

type OneValue = Exclude<Leaf, { readonly kind: 'constant' | 'keyword' | 'exists' | 'null' | 'same' }>

function holds(leaf: OneValue, value: Json): boolean {
  switch (leaf.kind) {
    case 'match':
      return textOf(value).some(text => matchesWhole(leaf.pattern, text, leaf.caseless))
    case 'regex':
      return textOf(value).some(text => search(leaf.regex, text))
    case 'number':
      return typeof value === 'number' ? value === leaf.value : value === leaf.text
    case 'boolean':
      return typeof value === 'string' ? value.toLowerCase() === String(leaf.value) : value === leaf.value
    case 'compare': {
      if (leaf.digits !== undefined && typeof value === 'string' && /^[+-]?\d{1,400}$/.test(value))
        return EXACT[leaf.order](BigInt(value) - BigInt(leaf.digits))
      const number = leaf.part === undefined ? numberOf(value) : partOf(value, leaf.part)
      return number !== undefined && ORDERS[leaf.order](number, leaf.value)
    }
    case 'cidr':
      return typeof value === 'string' && inNetwork(value, leaf.network.text)
    default:
      return never(leaf)
  }
}

function search({ source, caseless, multiline, dotall }: Regex, text: string): boolean {
  const flags =
    (caseless ? RE2JS.CASE_INSENSITIVE : 0) | (multiline ? RE2JS.MULTILINE : 0) | (dotall ? RE2JS.DOTALL : 0)
  return RE2JS.compile(source, flags).matcher(text).find()
}

const ORDERS: Record<Order, (left: number, right: number) => boolean> = {
  lt: (left, right) => left < right,
  lte: (left, right) => left <= right,
  gt: (left, right) => left > right,
  gte: (left, right) => left >= right,
  eq: (left, right) => left === right,
}

/** By what lies between an integer and the bound. */
const EXACT: Record<Order, (distance: bigint) => boolean> = {
  lt: distance => distance < 0n,
  lte: distance => distance <= 0n,
  gt: distance => distance > 0n,
  gte: distance => distance >= 0n,
  eq: distance => distance === 0n,
}

/** A JSON number, or a text that is a decimal number and nothing else. */
function numberOf(value: Json): number | undefined {
  if (typeof value === 'number') return value
  if (typeof value !== 'string' || !/^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(value)) return undefined
  return Number(value)
}

function partOf(value: Json, part: Parameters<typeof timePart>[1]): number | undefined {
  return typeof value === 'string' ? timePart(value, part) : undefined
}

function same(leaf: Extract<Leaf, { readonly kind: 'same' }>, event: JsonObject): boolean {
  const texts = (field: Field): readonly string[] =>
    valuesAt(event, field.path)
      .flatMap(scalarText)
      .map(text => (leaf.caseless ? text.toLowerCase() : text))
  return texts(leaf.of).some(left => texts(leaf.other).some(right => HOWS[leaf.how](left, right)))
}

const HOWS: Record<SameHow, (left: string, right: string) => boolean> = {
  equals: (left, right) => left === right,
  startswith: (left, right) => left.startsWith(right),
  endswith: (left, right) => left.endsWith(right),
  contains: (left, right) => left.includes(right),
}
