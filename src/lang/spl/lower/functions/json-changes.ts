import type { JsonStep, Scalar } from '../../../../plan/scalar.ts'
import { as, call, known, nothing, number, text } from '../../../../plan/scalars.ts'
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
  json_set: changing(value => () => value),
  json_set_exact: changing(value => () => value, true),
  json_append: changing(value => before => call('json_longer', before, value)),
  json_extend: changing(value => before => call('json_longer', before, call('json_inside', value))),
  json_delete: takes(2, MANY, given => {
    const paths = given.args.slice(1).map((_, at) => pathOf(given, at + 1, false))
    return paths.reduce((of, path) => changed(of, path, () => nothing('text')), as('text', given.value(0)))
  }),
  json_entries: takes(1, 1, ({ value }) => call('json_entries', value(0))),
  json_has_key_exact: takes(2, 2, ({ value }) => {
    const key = call('json_keys', as('text', value(0)))
    return known(call('list_contains', key, as('text', value(1))))
  }),
}

type Path = readonly Exclude<JsonStep, 'all'>[]

/** What becomes of the value at a path, which is null if there is none. */
type Change = (before: Scalar) => Scalar

/** Pairs of a path and a value behind the text, each of which changes what the ones before made. */
function changing(make: (value: Scalar) => Change, exact = false): EvalFunction {
  return takes(3, MANY, given => {
    if (given.args.length % 2 === 0) return refuse('spl/arguments', 'paths come each with a value', given.at)
    let of = as('text', given.value(0))
    for (let at = 1; at < given.args.length; at += 2) {
      of = changed(of, pathOf(given, at, exact), make(asJson(given.value(at + 1))))
    }
    return of
  })
}

/** Keys and places from the outside in. */
function pathOf({ value, at }: Given, index: number, exact: boolean): Path {
  const literal = literalOf(value(index))
  if (literal === undefined || isNothing(value(index)))
    return refuse('spl/arguments', 'a path into JSON must be a text', at)
  if (exact) return [{ key: String(literal) }]
  const steps = jsonPath(String(literal)) ?? []
  const path = steps.filter(step => step !== 'all')
  if (path.length === steps.length && path.length > 0) return path
  return refuse('spl/path', `only one place is changed, not all of "${literal}"`, at, 'name it, as in a.b{0}')
}

/** The text with another value at a path, or with none there. */
function changed(of: Scalar, [step, ...rest]: Path, change: Change): Scalar {
  if (step === undefined) return of
  const before = jsonAt(of, [step])
  const after = rest.length === 0 ? change(before) : changed(before, rest, change)
  return 'key' in step
    ? call('json_with', of, text(step.key), after)
    : call('json_with_at', of, number(step.index), after)
}
