import type { JsonStep, Scalar } from '../../../../plan/scalar.ts'
import { as, call, coalesce, isNull, known, not, nothing, text } from '../../../../plan/scalars.ts'
import type { Expression } from '../../syntax/tree.ts'
import { refuse } from '../context.ts'
import { jsonPath } from '../json-path.ts'
import { eachText, isNothing, literalOf } from '../values.ts'
import { chosen } from './conditions.ts'
import { type EvalFunctions, type Given, MANY, takes } from './function.ts'

/** Functions of JSON texts. */
export const json: EvalFunctions = {
  spath: takes(2, 2, ({ value, at }) => jsonAt(value(0), stepsOf(value(1), at))),
  json_extract: takes(1, MANY, given => extracted(given)),
  json_extract_exact: takes(2, MANY, given => {
    const found = keys(given).map(key => jsonAt(given.value(0), [{ key }]))
    return found.length === 1
      ? (found[0] ?? nothing('text'))
      : chosen(found.map(one => [known(as('boolean', one)), one]))
  }),
  json_valid: takes(1, 1, ({ value }) => known(call('json_valid', as('text', value(0))))),
  json_keys: takes(1, 1, ({ value }) =>
    call('concat', text('["'), call('list_join', call('json_keys', value(0)), text('","')), text('"]')),
  ),
  json_array_to_mv: takes(1, 2, ({ value }) => jsonAt(value(0), ['all'])),
  mv_to_json_array: takes(1, 2, ({ value }) => call('json_of_list', as('list', value(0)))),
  json_array: takes(0, MANY, ({ args, all }) => {
    const parts = all().flatMap((value, at) => [
      ...(at === 0 ? [] : [text(',')]),
      nested(args[at]) ? value : written(value),
    ])
    return call('concat', text('['), ...parts, text(']'))
  }),
  json_object: takes(0, MANY, ({ args, all, at }) => {
    const values = all()
    if (values.length % 2 === 1)
      return refuse('spl/arguments', 'json_object takes keys, each with a value', at)
    const parts = values.flatMap((value, place) => {
      if (place % 2 === 1) return [text(':'), nested(args[place]) ? value : written(value)]
      return [...(place === 0 ? [] : [text(',')]), written(as('text', value))]
    })
    return call('concat', text('{'), ...parts, text('}'))
  }),
}

/** What stands at a path of a JSON text; of a list of texts, of each. */
export function jsonAt(of: Scalar, path: readonly JsonStep[]): Scalar {
  const many = path.includes('all')
  if (isNothing(of)) return nothing(many ? 'list' : 'text')
  if (of.type === 'list' && !many) return eachText(of, one => ({ kind: 'json', of: one, path, type: 'text' }))
  const one = of.type === 'list' ? call('list_join', of, text('\n')) : as('text', of)
  return { kind: 'json', of: one, path, type: many ? 'list' : 'text' }
}

function extracted(given: Given): Scalar {
  if (given.args.length === 1) return given.value(0)
  const found = keys(given).map(key => jsonAt(given.value(0), jsonPath(key) ?? []))
  const [first, ...rest] = found
  return first === undefined ? nothing('text') : coalesce(first, ...rest)
}

function keys({ args, value, at }: Given): readonly string[] {
  return args.slice(1).map((_, index) => {
    const literal = literalOf(value(index + 1))
    return literal === undefined
      ? refuse('spl/arguments', 'a path into JSON must be a text', at)
      : String(literal)
  })
}

function stepsOf(value: Scalar, at: Given['at']): readonly JsonStep[] {
  const literal = literalOf(value)
  const steps = literal === undefined ? undefined : jsonPath(String(literal))
  return (
    steps ??
    refuse('spl/path', `"${literal ?? ''}" is no path into JSON`, at, 'it is written like a.b{}.c or a{0}')
  )
}

/** Is it what another function of JSON makes, which is no text but a part of what holds it? */
function nested(expression: Expression | undefined): boolean {
  return expression?.kind === 'call' && /^(json(_|$)|mv_to_json_array$)/.test(expression.name)
}

/** A value as JSON: a text that is a number, an object or a list of JSON is that, any other one stands in quotes. */
export function asJson(value: Scalar): Scalar {
  return value.type === 'text' ? call('json_value', value) : written(value)
}

/** A value as JSON: texts in quotes, whatever they hold. */
function written(value: Scalar): Scalar {
  if (value.type === 'text') return call('json_quoted', value)
  const plain = value.type === 'list' ? call('json_of_list', value) : call('lower', as('text', value))
  return chosen([[not(isNull(value)), plain]], text('null'))
}
