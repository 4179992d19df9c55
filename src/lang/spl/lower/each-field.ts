import type { Lowering } from '../../../plan/lowering.ts'
import type { Pipeline } from '../../../plan/pipeline.ts'
import { optionOf } from '../options.ts'
import type { Stages } from '../syntax/tree.ts'
import { type Context, fieldOf, type Matched, matching, refuse } from './context.ts'
import { eachItem } from './each-item.ts'

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
    after = yield* context.lower(search, after)
  }
  return after
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
