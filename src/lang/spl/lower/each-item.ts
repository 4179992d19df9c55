import type { Answer, Lowering } from '../../../plan/lowering.ts'
import { extend, type Pipeline, visible } from '../../../plan/pipeline.ts'
import type { Relation } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { as, call, column, isNull, not, number } from '../../../plan/scalars.ts'
import { optionOf } from '../options.ts'
import type { Search, Stages } from '../syntax/tree.ts'
import { type Context, fieldOf, freshMark, maybe, refuse } from './context.ts'
import { chosen } from './functions/conditions.ts'
import { jsonAt } from './functions/json.ts'

type Stage = Stages['foreach']

/** Values of one row that are gone over at most. */
const MOST = 100

/**
 * What `foreach` does with the values of one field, or the members of a JSON list: the `eval` in brackets once for each,
 * which stands in the place of `<<ITEM>>`, its number in that of `<<ITER>>`. A row with fewer values stays as it is.
 */
export function* eachItem(stage: Stage, mode: string, rows: Pipeline, context: Context): Lowering<Pipeline> {
  const [field, ...others] = stage.fields
  if (field === undefined && mode === 'auto_collections') return yield* eachList(stage, rows, context)
  if (field === undefined || others.length > 0)
    return refuse('spl/arguments', `foreach mode=${mode} goes over one field`, stage.at)
  const value = fieldOf(rows, field, context)
  const plain = mode === 'multivalue' || (mode === 'auto_collections' && value.type === 'list')
  const list = plain ? as('list', value) : as('list', jsonAt(value, ['all']))
  const mark = freshMark(rows, 'items')
  let after = extend(rows, [{ name: mark, value: list }])
  const count = yield* mostOf(after, column(mark, 'list'), stage)
  for (let place = 0; place < count; place++) {
    const item = `${mark}${place}`
    after = extend(after, [{ name: item, value: call('list_at', column(mark, 'list'), number(place)) }])
    const search = context.read(`| ${filled(stage, item, place)}`, stage.templateAt)
    after = yield* whereThere(search, after, column(item, 'text'), { stage, context })
  }
  return after
}

/** Without a field, all that have several values are gone over. */
function* eachList(stage: Stage, rows: Pipeline, context: Context): Lowering<Pipeline> {
  let after = rows
  for (const { name, type } of visible(rows)) {
    if (type !== 'list') continue
    after = yield* eachItem({ ...stage, fields: [{ name, at: stage.at }] }, 'multivalue', after, context)
  }
  return after
}

function* mostOf(rows: Pipeline, list: Scalar, { at }: Stage): Lowering<number> {
  const of = call('list_length', list)
  const aggregates = [{ name: 'most', fn: 'max', of, type: 'number' } as const]
  const relation: Relation = { op: 'group', from: rows.relation, by: [], aggregates }
  const answer: Answer = yield { relation, limit: 1, why: 'the number of values, for foreach' }
  const most = Number(answer.rows[0]?.['most'] ?? 0)
  if (most > MOST) return refuse('spl/fields', `foreach goes over ${most} values, more than ${MOST}`, at)
  return most
}

function filled({ template, options }: Stage, item: string, place: number): string {
  const mark = optionOf(options, 'itemstr') ?? '<<ITEM>>'
  const marks = [`"${mark}"`, `'${mark}'`, mark]
  const text = marks.reduce((before, one) => before.replaceAll(one, () => `'${item}'`), template)
  return text.replaceAll(optionOf(options, 'iterstr') ?? '<<ITER>>', () => String(place))
}

/** What the assignments make, in the rows that have the value. */
function* whereThere(
  search: Search,
  rows: Pipeline,
  item: Scalar,
  { stage, context }: { readonly stage: Stage; readonly context: Context },
): Lowering<Pipeline> {
  const names = search.stages.flatMap(one =>
    one.kind === 'eval'
      ? one.assignments.map(({ field }) => field.name)
      : refuse('spl/arguments', 'foreach over values runs eval alone', stage.templateAt),
  )
  const mark = freshMark(rows, 'before')
  const unique = [...new Set(names)]
  const kept = extend(
    rows,
    unique.map((name, at) => ({ name: `${mark}${at}`, value: maybe(rows, name) })),
  )
  const made = yield* context.lower(search, kept)
  return extend(
    made,
    unique.map((name, at) => ({
      name,
      value: chosen([[not(isNull(item)), maybe(made, name)]], maybe(made, `${mark}${at}`)),
    })),
  )
}
