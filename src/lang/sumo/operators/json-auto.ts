import type { Span } from '../../../core/diagnostic.ts'
import type { Lowering } from '../../../plan/lowering.ts'
import { select } from '../../../plan/pipeline.ts'
import type { JsonStep, Scalar } from '../../../plan/scalar.ts'
import { call, coalesce, column, compare, known, nothing, text } from '../../../plan/scalars.ts'
import type { Cursor } from '../cursor.ts'
import { extracted } from '../extracted.ts'
import { keeping, sourceOf } from '../lower/extract.ts'
import { assign, type Context, type Flow } from '../lower/flow.ts'
import { jsonFields } from '../lower/json-fields.ts'
import { jsonOf } from '../lower/json-of.ts'
import { jsonPath, printJsonPath } from '../lower/json-path.ts'
import { fieldOption, wholeNumber } from '../pieces.ts'
import { printExtracted, printField } from '../print-parts.ts'
import type { Stage } from '../syntax.ts'
import type { Extracted, Name } from '../syntax-parts.ts'
import type { Operator } from './operator.ts'

/** `json auto [field=f] [maxdepth n] [keys "a", "b"] [extractarrays] [refonly] [nodrop]`. */
export const jsonAuto: Operator<'json auto'> = {
  names: ['json auto'],
  parse: (cursor, at) => readJsonAuto(cursor, at, {}),
  print: ({ field, maxdepth, keys, flags, nodrop }) => {
    const depth = maxdepth === undefined ? '' : ` maxdepth ${maxdepth}`
    const listed = keys.length === 0 ? '' : ` keys${printExtracted(keys)}`
    const rest = [...flags, ...(nodrop ? ['nodrop'] : [])].map(flag => ` ${flag}`).join('')
    return `json auto${printField(field)}${depth}${listed}${rest}`
  },
  lower,
}

const FLAGS = ['extractarrays', 'refonly', 'noindex']

/** Reads what stands behind `json … auto`. */
export function readJsonAuto(
  cursor: Cursor,
  at: Span,
  before: { readonly field?: Name; readonly nodrop?: boolean },
): Stage<'json auto'> {
  let field: { readonly field?: Name } = before.field === undefined ? {} : { field: before.field }
  let nodrop = before.nodrop === true
  let depth: { readonly maxdepth?: number } = {}
  let keys: readonly Extracted[] = []
  const flags: string[] = []
  for (;;) {
    if (cursor.isWord('field')) field = fieldOption(cursor)
    else if (cursor.word('maxdepth')) depth = { maxdepth: wholeNumber(cursor) }
    else if (cursor.word('keys') || cursor.peek().kind === 'text') keys = [...keys, ...extracted(cursor)]
    else if (cursor.isWord(...FLAGS)) flags.push(cursor.next().text.toLowerCase())
    else if (cursor.word('nodrop')) nodrop = true
    else break
    if (cursor.failed) break
  }
  return { op: 'json auto', at, ...field, ...depth, keys, flags, nodrop }
}

/** Messages that are looked at for their keys, and keys that become fields. */
const SAMPLE = 1000
const MOST = 100

function* lower(stage: Stage<'json auto'>, flow: Flow, context: Context): Lowering<Flow> {
  const { field, maxdepth = Number.POSITIVE_INFINITY, keys, flags } = stage
  const source = sourceOf(field, flow, context)
  const parsed = assign(flow, [{ name: JSON_TEXT, value: jsonOf(source) }])
  const of = column(JSON_TEXT, 'text')
  const inside = known(compare('ne', source, of, { how: 'text' }))
  const sample = select(parsed.rows, [
    { name: 'json', value: of },
    { name: 'inside', value: inside },
  ])
  const { rows } = yield { relation: sample.relation, limit: SAMPLE, why: 'the keys of the JSON texts' }
  const found = jsonFields(
    rows.map(row => row['json']),
    { maxdepth, arrays: flags.includes('extractarrays') },
  )
  const fields = inAnyCase(found)
  const others = flags.includes('refonly') ? [] : [...fields.values()].slice(0, MOST)
  const wanted = new Map([...others, ...chosen(keys, fields)])
  // Fields of messages that are JSON are there already.
  const there =
    field === undefined &&
    maxdepth === Number.POSITIVE_INFINITY &&
    keys.length === 0 &&
    !rows.some(row => row['inside'] === true)
  const fresh = [...wanted].filter(([name]) => !(there && flow.names.has(name.toLowerCase())))
  return assign(
    parsed,
    fresh.map(([name, paths]) => ({ name, value: keeping(flow, name, first(of, paths)) })),
  )
}

const JSON_TEXT = '$json'

/** A field and where messages have it. */
type Found = readonly [name: string, paths: readonly (readonly JsonStep[])[]]

/** The fields by their names in lower case: names that differ in case alone are one field. */
function inAnyCase(found: ReadonlyMap<string, readonly JsonStep[]>): ReadonlyMap<string, Found> {
  const fields = new Map<string, Found>()
  for (const [name, path] of found) {
    const [first, paths] = fields.get(name.toLowerCase()) ?? [name, []]
    fields.set(name.toLowerCase(), [first, [...paths, path]])
  }
  return fields
}

function first(of: Scalar, paths: Found[1]): Scalar {
  const [only = nothing('text'), ...others] = paths.map(path => at(of, path))
  return coalesce(only, ...others)
}

function at(of: Scalar, path: readonly JsonStep[]): Scalar {
  if (path.includes('all')) return call('json_reached', of, text(printJsonPath(path)))
  return { kind: 'json', of, path, type: 'text' }
}

/** The listed keys, in any case. */
function chosen(keys: readonly Extracted[], fields: ReadonlyMap<string, Found>): readonly Found[] {
  return keys.map(({ path, as }) => {
    const [, paths] = fields.get(path.raw.toLowerCase()) ?? [path.raw, [jsonPath(path.raw)]]
    return [as?.name ?? path.raw, paths]
  })
}
