import type { Lowering } from '../../../plan/lowering.ts'
import { extend, filter, type Pipeline } from '../../../plan/pipeline.ts'
import { regex } from '../../../plan/regex.ts'
import type { Named, Relation } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { as, isNull, not } from '../../../plan/scalars.ts'
import { optionOf } from '../options.ts'
import type { Name, Stages } from '../syntax/tree.ts'
import { type Context, escapeRegex, fieldOf, maybe } from './context.ts'
import { chosen } from './functions/conditions.ts'

/** Texts that are looked at to learn the names in them, and names that are learnt. */
const SAMPLE = 10_000
const NAMES = 500

/** What `extract` does: a field for each `key=value` in the text, the delimiters being sets of characters. */
export function* pairsExtracted(
  stage: Stages['extract'],
  rows: Pipeline,
  context: Context,
): Lowering<Pipeline> {
  const between = optionOf(stage.options, 'pairdelim') ?? ' ,;|&\n\t'
  const inside = optionOf(stage.options, 'kvdelim') ?? '='
  const [outer, inner] = [set(between), set(inside)]
  const pair = new RegExp(`(?:^|[${outer}])([^"${outer}${inner}]+)[${inner}]`, 'g')
  return yield* learnt(rows, { name: '_raw', at: stage.at }, context, pair, name => {
    const key = escapeRegex(name)
    const start = `(?:^|[${outer}])\\s*${key}\\s*[${inner}]\\s*`
    return [`${start}"([^"]*)`, `${start}([^"${outer}]+)`]
  })
}

/** What `xmlkv` does: a field for each element that holds only text, in the text of the event or in a field. */
export function* elementsExtracted(
  stage: Stages['xmlkv'],
  rows: Pipeline,
  context: Context,
): Lowering<Pipeline> {
  const [of = { name: '_raw', at: stage.at }] = stage.fields
  return yield* learnt(rows, of, context, /<([A-Za-z_][\w.:-]*)(?:\s[^<>]*)?>[^<]*<\//g, name => {
    return [`<${escapeRegex(name)}(?:\\s[^<>]*)?>([^<]*)</`]
  })
}

function set(signs: string): string {
  return signs.replaceAll(/[\\\]^-]/g, '\\$&')
}

function* learnt(
  rows: Pipeline,
  of: Name,
  context: Context,
  names: RegExp,
  sources: (name: string) => readonly string[],
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
      const values = sources(name).map((source): readonly [Scalar, Scalar] => {
        const regular = regex(source)
        const value: Scalar = { kind: 'capture', of: raw, regex: regular, group: 1, all: false, type: 'text' }
        return [not(isNull(value)), value]
      })
      return { name: cleaned(name), value: chosen(values, maybe(rows, cleaned(name))) }
    })
  return extend(rows, [...new Map(columns.map(one => [one.name, one])).values()])
}

/** Splunk makes underscores of what cannot be in a name. */
function cleaned(name: string): string {
  return name.replaceAll(/[^\w.{}:]/g, '_')
}
