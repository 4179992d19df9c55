import { type Ip, inNetwork, parseIp, parseNetwork } from '../core/ip.ts'
import type { Json } from '../core/json.ts'
import { never } from '../core/never.ts'
import { compactJson, textOf } from '../core/text.ts'
import type { Leaf, Order } from '../plan/expr.ts'
import { compileRegex } from '../plan/regex.ts'
import type { ValueLeaf } from '../plan/value-leaf.ts'
import { globTest, type TextTest } from './glob.ts'
import type { ValueTest } from './read.ts'
import { partOf } from './time-part.ts'

/** Tests by their leaf: a regular expression costs a millisecond to make, and is asked for in several places. */
const made = new WeakMap<ValueLeaf, ValueTest>()

/** What a leaf asks of one value. */
export function valueTest(leaf: ValueLeaf): ValueTest {
  const known = made.get(leaf)
  if (known !== undefined) return known
  const test = make(leaf)
  made.set(leaf, test)
  return test
}

function make(leaf: ValueLeaf): ValueTest {
  switch (leaf.kind) {
    case 'match':
      return onText(globTest(leaf.pattern, leaf.caseless))
    case 'regex':
      return onText(compileRegex(leaf.regex))
    case 'number':
      return equalsNumber(leaf.value, leaf.text)
    case 'boolean':
      return equalsBoolean(leaf.value)
    case 'compare':
      return compares(leaf)
    case 'cidr':
      return inside(leaf.network.text)
    default:
      return never(leaf)
  }
}

function onText(test: TextTest): ValueTest {
  return value => {
    if (typeof value === 'string') return test(value)
    if (value === null) return false
    return test(typeof value === 'object' ? printed(value) : String(value))
  }
}

type Container = Extract<Json, object>

/** The container printed last: rules ask one for several texts. */
let latestPrinted: { readonly value: Container; readonly text: string } | undefined

function printed(value: Container): string {
  if (latestPrinted?.value !== value) latestPrinted = { value, text: compactJson(value) }
  return latestPrinted.text
}

function equalsNumber(number: number, text: string): ValueTest {
  return value => (typeof value === 'number' ? value === number : value === text)
}

function equalsBoolean(wanted: boolean): ValueTest {
  const text = String(wanted)
  return value => value === wanted || (typeof value === 'string' && value.toLowerCase() === text)
}

const integer = /^[+-]?\d+$/
const numeric = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i

/** A JSON number, or a decimal text of at most 400 characters. */
function numberOf(value: Json): number | undefined {
  if (typeof value === 'number') return value
  return typeof value === 'string' && value.length <= 400 && numeric.test(value) ? Number(value) : undefined
}

function compares(leaf: Extract<Leaf, { readonly kind: 'compare' }>): ValueTest {
  const { part, order, value: bound, digits } = leaf
  if (digits !== undefined) return comparesExactly(leaf, BigInt(digits))
  const read = part === undefined ? numberOf : (value: Json) => partOf(textOf(value) ?? '', part)
  return value => {
    const found = read(value)
    return found !== undefined && stands(found, order, bound)
  }
}

/** An integer written as a text has all its digits; a JSON number was read as a double, and is compared as one. */
function comparesExactly(
  { order, value: bound }: Extract<Leaf, { readonly kind: 'compare' }>,
  exact: bigint,
): ValueTest {
  return value => {
    if (typeof value === 'string' && value.length <= 400 && integer.test(value))
      return stands(BigInt(value), order, exact)
    const found = numberOf(value)
    return found !== undefined && stands(found, order, bound)
  }
}

function stands<Kind extends number | bigint>(found: Kind, order: Order, bound: Kind): boolean {
  switch (order) {
    case 'lt':
      return found < bound
    case 'lte':
      return found <= bound
    case 'gt':
      return found > bound
    case 'gte':
      return found >= bound
    case 'eq':
      return found === bound
    default:
      return never(order)
  }
}

function inside(text: string): ValueTest {
  const network = parseNetwork(text)
  if (typeof network === 'string') throw new Error(`bug: unchecked network ${text}`)
  return value => {
    if (typeof value !== 'string') return false
    const ip = readIp(value)
    return ip !== undefined && inNetwork(ip, network)
  }
}

/** The address read last: several networks are asked for the address of one event. */
let latestIp: { readonly text: string; readonly ip: Ip | undefined } = { text: '', ip: undefined }

function readIp(text: string): Ip | undefined {
  if (text !== latestIp.text) latestIp = { text, ip: parseIp(text) }
  return latestIp.ip
}
