import type { Lowering } from '../../../plan/lowering.ts'
import { extend, filter, type Pipeline } from '../../../plan/pipeline.ts'
import { regex } from '../../../plan/regex.ts'
import type { Named, Relation } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { as, call, isNull, not, text } from '../../../plan/scalars.ts'
import { isOn, optionOf } from '../options.ts'
import type { Name, Stages } from '../syntax/tree.ts'
import { type Context, escapeRegex, fieldOf, maybe, refuse } from './context.ts'
import { chosen } from './functions/conditions.ts'
import { eachText } from './values.ts'

/** Texts that are looked at to learn the names in them, and names that are learnt. */
const SAMPLE = 10_000
const NAMES = 500

/** What `extract` does: a field for each `key=value` in the text, the delimiters being sets of characters. */
export function* pairsExtracted(
  stage: Stages['extract'],
  rows: Pipeline,
  context: Context,
): Lowering<Pipeline> {
  const [stanza] = stage.fields
  if (stanza !== undefined)
    return refuse(
      'spl/extraction',
      `there is no extraction "${stanza.name}"`,
      stanza.at,
      'rex takes fields out of a text',
    )
  const between = optionOf(stage.options, 'pairdelim') ?? ' ,;|&\n\t'
  const inside = optionOf(stage.options, 'kvdelim') ?? '='
  const [outer, inner] = [set(between), set(inside)]
  const pair = new RegExp(`(?:^|[${outer}])([^"${outer}${inner}]+)[${inner}]`, 'g')
  return yield* learnt(rows, { name: '_raw', at: stage.at }, context, {
    names: pair,
    all: isOn(stage.options, 'mv_add'),
    clean: isOn(stage.options, 'clean_keys', true),
    source: name => {
      const start = `(?:^|[${outer}])\\s*${escapeRegex(name)}\\s*[${inner}]\\s*`
      return `${start}("[^"]*|[^"${outer}]+)`
    },
    value: found => eachText(found, one => call('trim_left', one, text('"'))),
  })
}

/** What `xmlkv` does: a field for each element that holds only text, in the text of the event or in a field. */
export function* elementsExtracted(
  stage: Stages['xmlkv'],
  rows: Pipeline,
  context: Context,
): Lowering<Pipeline> {
  const [of = { name: '_raw', at: stage.at }] = stage.fields
  return yield* learnt(rows, of, context, {
    names: /<([A-Za-z_][\w.:-]*)(?:\s[^<>]*)?>[^<]*<\//g,
    all: false,
    clean: true,
    source: name => `<${escapeRegex(name)}(?:\\s[^<>]*)?>([^<]*)</`,
    value: found => found,
  })
}

function set(signs: string): string {
  return signs.replaceAll(/[\\\]^-]/g, '\\$&')
}

interface Learning {
  /** Finds the names of fields in a text. */
  readonly names: RegExp
  /** The regular expression whose group is the value of the field. */
  readonly source: (name: string) => string
  readonly value: (found: Scalar) => Scalar
  /** A field that is there several times has several values. */
  readonly all: boolean
  readonly clean: boolean
}

function* learnt(
  rows: Pipeline,
  of: Name,
  context: Context,
  { names, source, value, all, clean }: Learning,
): Lowering<Pipeline> {
  const raw = as('text', fieldOf(rows, of, context))
  const relation: Relation = {
    op: 'select',
    from: filter(rows, not(isNull(raw))).relation,
    columns: [{ name: 'raw', value: raw }],
  }
  const answer = yield { relation, limit: SAMPLE, why: 'texts to learn the names of their fields from' }
  const found = new Set<string>()
  for (const row of answer.rows) {
    for (const match of String(row['raw'] ?? '')
      .slice(0, 100_000)
      .matchAll(names)) {
      if (found.size < NAMES) found.add((match[1] ?? '').trim())
    }
  }
  const columns = [...found]
    .filter(name => name !== '')
    .map((name): Named => {
      const type = all ? 'list' : 'text'
      const found: Scalar = { kind: 'capture', of: raw, regex: regex(source(name)), group: 1, all, type }
      const field = clean ? cleaned(name) : name
      return { name: field, value: chosen([[not(isNull(found)), value(found)]], maybe(rows, field)) }
    })
  return extend(rows, [...new Map(columns.map(one => [one.name, one])).values()])
}

/** Splunk makes underscores of what cannot be in a name. */
function cleaned(name: string): string {
  return name.replaceAll(/[^\w.{}:]/g, '_')
}
