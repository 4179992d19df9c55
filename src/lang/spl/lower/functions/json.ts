import type { JsonStep, Scalar } from '../../../../plan/scalar.ts'
import {
  as,
  call,
  coalesce,
  column,
  compare,
  isNull,
  known,
  not,
  nothing,
  text,
} from '../../../../plan/scalars.ts'
import type { Expression } from '../../syntax/tree.ts'
import { refuse } from '../context.ts'
import { jsonPath } from '../json-path.ts'
import { eachText, isNothing, literalOf } from '../values.ts'
import { chosen } from './conditions.ts'
import { type EvalFunctions, type Given, MANY, takes } from './function.ts'

/** Functions of JSON texts. */
export const json: EvalFunctions = {
  spath: takes(2, 2, ({ value, at }) => jsonAt(value(0), stepsOf(value(1), at))),
  json_extract: takes(1, MANY, given => {
    const { value, args } = given
    if (args.length === 2 && literalOf(value(1)) === undefined && !isNothing(value(1)))
      return jsonAt(call('json_reached', as('text', value(0)), pathOfKeys(value(1))), [])
    return extracted(
      given,
      keys(given).map(key => jsonPath(key) ?? []),
    )
  }),
  json_extract_exact: takes(1, MANY, given =>
    extracted(
      given,
      keys(given).map(key => [{ key }]),
    ),
  ),
  json_valid: takes(1, 1, ({ value }) => known(call('json_valid', as('text', value(0))))),
  json_keys: takes(1, 1, ({ value }) =>
    call('concat', text('["'), call('list_join', call('json_keys', value(0)), text('","')), text('"]')),
  ),
  /** Texts in it keep their quotes if the second argument says so. */
  json_array_to_mv: takes(1, 2, ({ value }) =>
    literalOf(value(1)) === true ? call('json_members', as('text', value(0))) : jsonAt(value(0), ['all']),
  ),
  mv_to_json_array: takes(1, 2, ({ value }) =>
    literalOf(value(1)) === true ? inferred(value(0)) : call('json_of_list', as('list', value(0))),
  ),
  tomv: takes(1, 1, ({ value }) => {
    const of = value(0)
    return of.type === 'list' ? of : chosen([[isOf('ARRAY', of), jsonAt(of, ['all'])]])
  }),
  toarray: takes(1, 1, ({ value }) => {
    const of = value(0)
    return of.type === 'list' ? inferred(of) : chosen([[isOf('ARRAY', of), reached(of, [])]])
  }),
  toobject: takes(1, 1, ({ value }) => chosen([[isOf('OBJECT', value(0)), reached(value(0), [])]])),
  json_array: takes(0, MANY, ({ args, all }) => {
    const parts = all().flatMap((value, at) => [...(at === 0 ? [] : [text(',')]), member(value, args[at])])
    return call('concat', text('['), ...parts, text(']'))
  }),
  json_object: takes(0, MANY, ({ args, all, at }) => {
    const values = all()
    if (values.length % 2 === 1)
      return refuse('spl/arguments', 'json_object takes keys, each with a value', at)
    const parts = values.flatMap((value, place) => {
      if (place % 2 === 1) return [text(':'), member(value, args[place])]
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

/** The value at a path; of a path to several, or of several paths, a JSON list. */
function extracted({ value }: Given, paths: readonly (readonly JsonStep[])[]): Scalar {
  const [path = [], ...rest] = paths
  if (rest.length === 0) return path.includes('all') ? reached(value(0), path) : jsonAt(value(0), path)
  const found = paths.flatMap((one, at) => [
    ...(at === 0 ? [] : [text(',')]),
    coalesce(reached(value(0), one), text('null')),
  ])
  return call('concat', text('['), ...found, text(']'))
}

/** What a path reaches, as JSON. */
function reached(of: Scalar, path: readonly JsonStep[]): Scalar {
  const steps = path.map(step => {
    if (step === 'all') return '[*]'
    return 'key' in step ? `."${step.key.replace(/["\\]/g, '\\$&')}"` : `[${step.index}]`
  })
  return call('json_reached', as('text', of), text(`$${steps.join('')}`))
}

/** The path that a text of keys with dots between them is. */
function pathOfKeys(keys: Scalar): Scalar {
  return call(
    'concat',
    text('$."'),
    call('replace_text', as('text', keys), text('.'), text('"."')),
    text('"'),
  )
}

function isOf(type: 'ARRAY' | 'OBJECT', of: Scalar): Scalar {
  return known(compare('eq', call('json_type', as('text', of)), text(type), { how: 'text' }))
}

/** A JSON list of the values, each of which is what its text is as JSON; `null` if it is none. */
function inferred(of: Scalar): Scalar {
  const one = column('$member', 'text')
  const body = chosen([[known(call('json_valid', one)), one]], text('null'))
  const values: Scalar = { kind: 'each', how: 'map', of: as('list', of), name: '$member', body, type: 'list' }
  return call('concat', text('['), call('list_join', values, text(',')), text(']'))
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

const MAKES_JSON =
  /^(json|json_(object|array|keys|set|set_exact|append|extend|delete|entries)|mv_to_json_array|toarray|toobject)$/

/** A value in an object or a list: what another function makes of JSON is no text but a part of it. */
function member(value: Scalar, expression: Expression | undefined): Scalar {
  if (expression?.kind !== 'call') return written(value)
  if (MAKES_JSON.test(expression.name)) return coalesce(value, text('null'))
  return /^json_extract/.test(expression.name) ? asJson(value) : written(value)
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
