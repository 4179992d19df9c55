import type { JsonStep, Scalar } from '../../../../plan/scalar.ts'
import {
  as,
  call,
  column,
  compare,
  either,
  isNull,
  known,
  not,
  nothing,
  number,
  text,
} from '../../../../plan/scalars.ts'
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
  json_set: changing(value => ({ value: () => value, makes: true })),
  json_set_exact: changing(value => ({ value: () => value, makes: true }), true),
  json_append: changing(value => there(before => call('json_longer', before, value))),
  json_extend: changing(value => there(before => call('json_longer', before, call('json_inside', value)))),
  json_delete: takes(2, MANY, given => {
    const paths = given.args.slice(1).map((_, at) => pathOf(given, at + 1))
    return paths.reduce(
      (of, path) =>
        changed(
          of,
          path,
          there(() => nothing('text')),
        ),
      as('text', given.value(0)),
    )
  }),
  json_entries: takes(1, 1, ({ value }) => call('json_entries', value(0))),
  json_has_key_exact: takes(2, 2, ({ value }) => {
    const key = call('json_keys', as('text', value(0)))
    return known(call('list_contains', key, as('text', value(1))))
  }),
}

/** What becomes of the value at a path, which is null if there is none. */
interface Change {
  readonly value: (before: Scalar) => Scalar
  /** Objects that are missing on the way are made. */
  readonly makes: boolean
}

/** Pairs of a path and a value behind the text, each of which changes what the ones before made. */
function changing(make: (value: Scalar) => Change, exact = false): EvalFunction {
  return takes(3, MANY, given => {
    if (given.args.length % 2 === 0) return refuse('spl/arguments', 'paths come each with a value', given.at)
    let of = as('text', given.value(0))
    for (let at = 1; at < given.args.length; at += 2) {
      const literal = pathText(given, at)
      const path = exact ? [{ key: literal }] : pathOf(given, at)
      of = changed(of, path, make(asJson(given.value(at + 1))))
    }
    return of
  })
}

/** Only what is there is changed. */
function there(value: Change['value']): Change {
  return { value: before => chosen([[not(isNull(before)), value(before)]]), makes: false }
}

function pathText({ value, at }: Given, index: number): string {
  const literal = literalOf(value(index))
  return literal === undefined || isNothing(value(index))
    ? refuse('spl/arguments', 'a path into JSON must be a text', at)
    : String(literal)
}

/** Keys and places from the outside in; an empty path is all of it. */
function pathOf(given: Given, index: number): readonly JsonStep[] {
  const literal = pathText(given, index)
  const path = literal === '' ? [] : jsonPath(literal)
  return (
    path ?? refuse('spl/path', `"${literal}" is no path into JSON`, given.at, 'it is written like a.b{0}')
  )
}

/** The text with another value at a path, or with none there; as it is where the path leads through something else. */
function changed(of: Scalar, [step, ...rest]: readonly JsonStep[], change: Change): Scalar {
  if (step === undefined) return change.value(of)
  if (step === 'all') return allChanged(of, rest, change)
  const before = jsonAt(of, [step])
  const after = changed(before, rest, change)
  const whole =
    'key' in step
      ? call('json_with', of, text(step.key), after)
      : call('json_with_at', of, number(step.index), after)
  const [next] = rest
  return next === undefined ? whole : chosen([[passable(before, next, change), whole]], of)
}

function allChanged(of: Scalar, rest: readonly JsonStep[], change: Change): Scalar {
  const name = `$member${rest.length}`
  const member = column(name, 'text')
  const body = changed(member, rest, change)
  const members: Scalar = { kind: 'each', how: 'map', of: call('json_members', of), name, body, type: 'list' }
  return chosen(
    [[not(isNull(members)), call('concat', text('['), call('list_join', members, text(',')), text(']'))]],
    of,
  )
}

/** Has it such steps? What is not there has keys if it is made. */
function passable(before: Scalar, step: JsonStep, { makes }: Change): Scalar {
  const keyed = step !== 'all' && 'key' in step
  const fits = known(
    compare('eq', call('json_type', before), text(keyed ? 'OBJECT' : 'ARRAY'), { how: 'text' }),
  )
  return keyed && makes ? either(isNull(before), fits) : fits
}
