import type { Scalar } from '../../../../plan/scalar.ts'
import { as, call, known, text } from '../../../../plan/scalars.ts'
import { refuse } from '../context.ts'
import { jsonPath } from '../json-path.ts'
import { isNothing, literalOf } from '../values.ts'
import { chosen } from './conditions.ts'
import { type EvalFunction, type EvalFunctions, type Given, MANY, takes } from './function.ts'
import { asJson, jsonAt } from './json.ts'

/** Functions that give a changed copy of a JSON text. */
export const jsonChanges: EvalFunctions = {
  json: takes(1, 1, ({ value }) => {
    const of = as('text', value(0))
    return chosen([[known(call('json_valid', of)), of]])
  }),
  json_set: changing((of, path, value) => merged(of, path, value)),
  json_set_exact: changing((of, path, value) => merged(of, path, value), true),
  json_append: changing((of, path, value) =>
    merged(of, path, call('json_longer', jsonAt(of, keysOf(path)), value)),
  ),
  json_extend: changing((of, path, value) =>
    merged(of, path, call('json_longer', jsonAt(of, keysOf(path)), call('json_inside', value))),
  ),
  json_delete: takes(2, MANY, given => {
    const paths = given.args.slice(1).map((_, at) => pathOf(given, at + 1, false))
    return paths.reduce((of, path) => merged(of, path, text('null')), as('text', given.value(0)))
  }),
  json_has_key_exact: takes(2, 2, ({ value }) => {
    const key = call('json_keys', as('text', value(0)))
    return known(call('list_contains', key, as('text', value(1))))
  }),
  json_entries: takes(1, 1, ({ at }) =>
    refuse('spl/unsupported-function', 'json_entries() is not implemented here', at),
  ),
  lookup: takes(2, 3, ({ at }) =>
    refuse('spl/unsupported-function', 'lookup() is not implemented here', at, 'the command lookup is'),
  ),
}

type Path = readonly string[]

/** Pairs of a path and a value behind the text, each of which changes what the ones before made. */
function changing(make: (of: Scalar, path: Path, value: Scalar) => Scalar, exact = false): EvalFunction {
  return takes(3, MANY, given => {
    if (given.args.length % 2 === 0) return refuse('spl/arguments', 'paths come each with a value', given.at)
    let of = as('text', given.value(0))
    for (let at = 1; at < given.args.length; at += 2) {
      of = make(of, pathOf(given, at, exact), asJson(given.value(at + 1)))
    }
    return of
  })
}

/** Keys from the outside in; places in a list cannot be changed. */
function pathOf({ value, at }: Given, index: number, exact: boolean): Path {
  const literal = literalOf(value(index))
  if (literal === undefined || isNothing(value(index)))
    return refuse('spl/arguments', 'a path into JSON must be a text', at)
  if (exact) return [String(literal)]
  const steps = jsonPath(String(literal)) ?? []
  const keys = steps.flatMap(step => (typeof step === 'object' && 'key' in step ? [step.key] : []))
  if (keys.length === steps.length && keys.length > 0) return keys
  return refuse('spl/path', `only keys of objects are changed, not "${literal}"`, at)
}

function keysOf(path: Path) {
  return path.map(key => ({ key }))
}

/** The object with a value at a path, or with nothing there. */
function merged(of: Scalar, path: Path, value: Scalar): Scalar {
  const open = path.map(key => `{${JSON.stringify(key)}:`).join('')
  return call('json_merged', of, call('concat', text(open), value, text('}'.repeat(path.length))))
}
