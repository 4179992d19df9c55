import type { Json, JsonObject } from '../core/json.ts'
import type { Field } from '../plan/expr.ts'

export type ValueTest = (value: Json) => boolean
/** Does any value of the field pass the test? */
export type FieldReader = (event: JsonObject, test: ValueTest) => boolean

/** Names that an object answers to without having them. */
const inherited: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype))

type Get = (object: JsonObject, key: string) => Json | undefined
const direct: Get = (object, key) => object[key]
const careful: Get = (object, key) => (Object.hasOwn(object, key) ? object[key] : undefined)

/** Reads a field: literal keys first (the longest prefix that is a key), every member of an array on the way. */
export function reader(field: Field): FieldReader {
  const { path } = field
  const get = path.some(segment => inherited.has(segment)) ? careful : direct
  const [only] = path
  if (path.length === 1 && only !== undefined) return (event, test) => visit(get(event, only), test)
  const steps = prefixes(path)
  return (event, test) => walk(event, 0, { steps, get, test })
}

/** Every value of a field, in the order of the event. */
export function valuesOf(event: JsonObject, field: Field): readonly Json[] {
  const found: Json[] = []
  reader(field)(event, value => {
    found.push(value)
    return false
  })
  return found
}

interface Walk {
  readonly steps: readonly (readonly Step[])[]
  readonly get: Get
  readonly test: ValueTest
}

/** A key that may stand at a place of the path, and the place after it. */
interface Step {
  readonly key: string
  readonly next: number
}

/** For each place of the path the keys that may stand there, the longest first. */
function prefixes(path: readonly string[]): readonly (readonly Step[])[] {
  return path.map((_, from) =>
    path
      .slice(from)
      .map((_, length) => ({ key: path.slice(from, from + length + 1).join('.'), next: from + length + 1 }))
      .reverse(),
  )
}

function walk(value: Json | undefined, at: number, way: Walk): boolean {
  if (value === undefined) return false
  const steps = way.steps[at]
  if (steps === undefined) return visit(value, way.test)
  if (typeof value !== 'object' || value === null) return false
  if (Array.isArray(value)) return value.some(one => walk(one, at, way))
  for (const step of steps) {
    const inner = way.get(value as JsonObject, step.key)
    if (inner !== undefined) return walk(inner, step.next, way)
  }
  return false
}

/** Does the value itself pass, or a member of it if it is an array, however deep? */
export function visit(value: Json | undefined, test: ValueTest): boolean {
  if (value === undefined) return false
  if (test(value)) return true
  return Array.isArray(value) && value.some(one => visit(one, test))
}
