import { extend, type Pipeline } from '../../../plan/pipeline.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { as, call, column, compare, either, isNull, known, not, number, text } from '../../../plan/scalars.ts'
import { isOn, optionOf } from '../options.ts'
import type { Name, Stages } from '../syntax/tree.ts'
import { type Context, fieldOf, matching, refuse, shown } from './context.ts'
import { chosen } from './functions/conditions.ts'

interface Written {
  readonly name: string
  readonly value: Scalar
  readonly how: string
}

/** What `tojson` does: the fields of a row as a JSON object, in `_raw` unless told otherwise. */
export function asJsonText(stage: Stages['tojson'], rows: Pipeline, context: Context): Pipeline {
  const { options } = stage
  const internal = isOn(options, 'include_internal')
  const standard = optionOf(options, 'default')?.toLowerCase() ?? 'auto'
  const fields =
    stage.fields.length === 0
      ? shown(rows)
          .filter(({ name }) => internal || !name.startsWith('_'))
          .map((one): Written => ({ ...one, how: standard }))
      : stage.fields.flatMap(field => named(field, standard, rows, context))
  const parts = fields
    .filter(({ how }) => how !== 'none')
    .map(({ name, value, how }) => {
      const pair = call('concat', text(`,${JSON.stringify(name)}:`), written(value, how))
      const none = isOn(options, 'fill_null') ? `,${JSON.stringify(name)}:null` : ''
      return chosen([[not(isNull(value)), pair]], text(none))
    })
  const inside = call('concat', text(''), ...parts)
  const json = call('concat', text('{'), call('substring', inside, number(2), number(1e9)), text('}'))
  return extend(rows, [{ name: optionOf(options, 'output_field') ?? '_raw', value: json }])
}

/** `num(size)`, `str(a*)`, or a name alone. */
function named({ name, at }: Name, standard: string, rows: Pipeline, context: Context): readonly Written[] {
  const [, fn, inner] = /^(\w+)\((.*)\)$/.exec(name) ?? []
  const how = fn?.toLowerCase() ?? standard
  if (!/^(auto|bool|json|none|num|str)$/.test(how))
    return refuse(
      'spl/unknown-function',
      `tojson has no function "${fn}"`,
      at,
      'there is auto, bool, json, none, num, str',
    )
  const pattern = inner ?? name
  if (!pattern.includes('*'))
    return [{ name: pattern, value: fieldOf(rows, { name: pattern, at }, context), how }]
  return matching(rows, pattern).map(found => ({
    name: found.name,
    value: column(found.name, found.type),
    how,
  }))
}

/** Several values are a list of them. */
function written(value: Scalar, how: string): Scalar {
  if (value.type !== 'list') return one(as('text', value), how)
  const each = { kind: 'each', how: 'map', of: value, name: '$member', type: 'list' } as const
  const members: Scalar = { ...each, body: one(column('$member', 'text'), how) }
  return call('concat', text('['), call('list_join', members, text(',')), text(']'))
}

function one(value: Scalar, how: string): Scalar {
  const quoted = call('json_quoted', value)
  const numeric = as('number', value)
  switch (how) {
    case 'num':
      return chosen([[not(isNull(numeric)), value]], text('null'))
    case 'bool':
      return chosen([[known(either(isWord(value, 'true'), isWord(value, '1'))), text('true')]], text('false'))
    case 'str':
      return quoted
    case 'json':
      return chosen([[known(call('json_valid', value)), value]], text('null'))
    default:
      return chosen(
        [[known(either(isWord(value, 'true'), isWord(value, 'false'))), call('lower', value)]],
        call('json_value', value),
      )
  }
}

function isWord(value: Scalar, word: string): Scalar {
  return compare('eq', value, text(word), { how: 'text', caseless: true })
}

/** The ampersand last, lest what it makes is taken for another of them. */
const ENTITIES = [
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&apos;', "'"],
  ['&amp;', '&'],
] as const

/** What `xmlunescape` does: the signs that XML writes as words, in the text of the event. */
export function unescapedText({ at }: Stages['xmlunescape'], rows: Pipeline, context: Context): Pipeline {
  const raw = as('text', fieldOf(rows, { name: '_raw', at }, context))
  const value = ENTITIES.reduce((of, [word, sign]) => call('replace_text', of, text(word), text(sign)), raw)
  return extend(rows, [{ name: '_raw', value }])
}
