import type { Json, JsonObject } from '../core/json.ts'
import { never } from '../core/never.ts'
import type { Expr, Field, Leaf } from '../plan/expr.ts'
import { compileRegex } from '../plan/regex.ts'
import { isValueLeaf } from '../plan/value-leaf.ts'
import { containsTest } from './glob.ts'
import { type FieldReader, reader } from './read.ts'
import { sameTest } from './same.ts'
import { valueTest } from './value-test.ts'

export type EventTest = (event: JsonObject) => boolean

/**
 * A condition as a closure over parsed events. Pure; every regular expression in it runs in linear time.
 *
 * @param fields how fields are read
 */
export function compile(expr: Expr, fields: (field: Field) => FieldReader = reader): EventTest {
  switch (expr.kind) {
    case 'and':
      return all(expr.of.map(inner => compile(inner, fields)))
    case 'or':
      return some(expr.of.map(inner => compile(inner, fields)))
    case 'not': {
      const inner = compile(expr.of, fields)
      return event => !inner(event)
    }
    default:
      return compileLeaf(expr, fields)
  }
}

function compileLeaf(leaf: Leaf, fields: (field: Field) => FieldReader): EventTest {
  if (isValueLeaf(leaf)) {
    const read = fields(leaf.of)
    const test = valueTest(leaf)
    return event => read(event, test)
  }
  switch (leaf.kind) {
    case 'constant':
      return () => leaf.value
    case 'exists': {
      const read = fields(leaf.of)
      return event => read(event, always)
    }
    case 'null': {
      const read = fields(leaf.of)
      return event => !read(event, always) || read(event, isNull)
    }
    case 'same':
      return sameTest(leaf, fields)
    case 'keyword': {
      const { pattern, caseless, regex } = leaf
      const test = regex === undefined ? containsTest(pattern, caseless) : compileRegex(regex)
      return event => someScalar(event, test)
    }
    default:
      return never(leaf)
  }
}

const always = (): boolean => true
const isNull = (value: Json): boolean => value === null

function all(tests: readonly EventTest[]): EventTest {
  const [a, b, c] = tests
  if (a === undefined) return () => true
  if (b === undefined) return a
  if (c === undefined) return event => a(event) && b(event)
  return event => {
    for (const test of tests) if (!test(event)) return false
    return true
  }
}

function some(tests: readonly EventTest[]): EventTest {
  const [a, b, c] = tests
  if (a === undefined) return () => false
  if (b === undefined) return a
  if (c === undefined) return event => a(event) || b(event)
  return event => {
    for (const test of tests) if (test(event)) return true
    return false
  }
}

/** Does any scalar value of the event pass, at whatever depth? Keys are not looked at; nor is null. */
export function someScalar(event: Json, test: (text: string) => boolean): boolean {
  const open: Json[] = [event]
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value === 'string') {
      if (test(value)) return true
    } else if (typeof value === 'object' && value !== null) {
      for (const inner of Array.isArray(value) ? value : Object.values(value)) open.push(inner as Json)
    } else if (value !== null && test(String(value))) return true
  }
  return false
}
