import type { Lowering } from '../../../plan/lowering.ts'
import { extend, type Pipeline } from '../../../plan/pipeline.ts'
import { both, isNull, known } from '../../../plan/scalars.ts'
import { optionOf } from '../options.ts'
import type { Search, Stages } from '../syntax/tree.ts'
import { type Context, fieldOf, freshMark, has, type Matched, matching, maybe, refuse } from './context.ts'
import { eachItem } from './each-item.ts'
import { chosen } from './functions/conditions.ts'

/** Fields that one `foreach` goes over at most. */
const MOST = 500

/** What `foreach` does: the command in brackets once a field, with the field's name in the place of `<<FIELD>>`. */
export function* eachField(stage: Stages['foreach'], rows: Pipeline, context: Context): Lowering<Pipeline> {
  const mode = optionOf(stage.options, 'mode')?.toLowerCase()
  if (mode !== undefined && mode !== 'multifield') return yield* eachItem(stage, mode, rows, context)
  const fields = stage.fields.flatMap((field): readonly Matched[] => {
    if (field.name.includes('*')) return matching(rows, field.name)
    fieldOf(rows, field, context)
    return [{ name: field.name, type: 'text', stars: [field.name] }]
  })
  if (fields.length > MOST)
    return refuse('spl/fields', `foreach goes over ${fields.length} fields, more than ${MOST}`, stage.at)
  let after = rows
  for (const field of fields) {
    const text = filled(stage, field)
    const search = context.read(/^\s*\|/.test(text) ? text : `| ${text}`, stage.templateAt)
    after = yield* keepingMissing(search, after, field.name, context)
  }
  return after
}

/** Where a row has no such field and nothing comes of an assignment, what is there already stays. */
function* keepingMissing(
  search: Search,
  rows: Pipeline,
  field: string,
  context: Context,
): Lowering<Pipeline> {
  const names = search.stages.flatMap(one =>
    one.kind === 'eval' ? one.assignments.map(({ field: { name } }) => name) : [],
  )
  const kept = [...new Set(names)].filter(name => name !== field && has(rows, name))
  if (kept.length === 0 || !has(rows, field)) return yield* context.lower(search, rows)
  const mark = freshMark(rows, 'before')
  const missing = { name: `${mark}missing`, value: isNull(maybe(rows, field)) }
  const before = kept.map((name, at) => ({ name: `${mark}${at}`, value: maybe(rows, name) }))
  const made = yield* context.lower(search, extend(rows, [...before, missing]))
  return extend(
    made,
    kept.map((name, at) => {
      const value = maybe(made, name)
      const nothing = both(isNull(value), maybe(made, missing.name))
      return { name, value: chosen([[known(nothing), maybe(made, `${mark}${at}`)]], value) }
    }),
  )
}

function filled({ template, options }: Stages['foreach'], { name, stars }: Matched): string {
  const values = new Map([
    [optionOf(options, 'fieldstr') ?? '<<FIELD>>', name],
    [optionOf(options, 'matchstr') ?? '<<MATCHSTR>>', stars.join('')],
    [optionOf(options, 'matchseg1') ?? '<<MATCHSEG1>>', stars[0] ?? ''],
    [optionOf(options, 'matchseg2') ?? '<<MATCHSEG2>>', stars[1] ?? ''],
    [optionOf(options, 'matchseg3') ?? '<<MATCHSEG3>>', stars[2] ?? ''],
  ])
  let text = template
  for (const [mark, value] of values) text = text.replaceAll(mark, () => value)
  return text
}
