import type { Answer, Lowering } from '../../../plan/lowering.ts'
import { filter, group, type Pipeline, select } from '../../../plan/pipeline.ts'
import type { Cell, Relation } from '../../../plan/relation.ts'
import { as, column, compare, isNull, not } from '../../../plan/scalars.ts'
import { optionOf } from '../options.ts'
import type { Stages } from '../syntax/tree.ts'
import { type Context, fieldOf, freshMark, refuse, shown } from './context.ts'
import { elementOf } from './xml.ts'
import { pathOf, reached } from './xml-path.ts'

/** Different texts that are read at most. */
const MOST = 20_000

/** What `xpath` does: the texts that a path reaches in the XML of a field. */
export function* pathsFollowed(stage: Stages['xpath'], rows: Pipeline, context: Context): Lowering<Pipeline> {
  const { options, at } = stage
  const path = pathOf(stage.path)
  if (path === undefined)
    return refuse('spl/path', `"${stage.path}" is no path that can be followed here`, at, PATHS)
  const input = as('text', fieldOf(rows, { name: optionOf(options, 'field') ?? '_raw', at }, context))
  const texts = group(filter(rows, not(isNull(input))), [{ name: 'value', value: input }], [])
  const answer: Answer = yield { relation: texts.relation, limit: MOST, why: 'texts that xpath reads' }
  if (answer.more) return refuse('spl/rows', `xpath reads at most ${MOST} different texts`, at)
  const standard = optionOf(options, 'default')
  const found = answer.rows.map(({ value }): readonly Cell[] => {
    const root = elementOf(String(value))
    const values = root === undefined ? [] : reached(root, path)
    return [String(value), values.length > 0 ? values : standard === undefined ? null : [standard]]
  })
  const mark = freshMark(rows, 'xml')
  const right: Relation = {
    op: 'rows',
    columns: [
      { name: `${mark}of`, type: 'text' },
      { name: `${mark}values`, type: 'list' },
    ],
    rows: found,
  }
  const on = compare('eq', input, column(`${mark}of`, 'text'), { how: 'text' })
  const relation: Relation = { op: 'join', how: 'left', left: rows.relation, right, on }
  const name = optionOf(options, 'outfield') ?? 'xpath'
  const kept = shown(rows).filter(one => one.name !== name)
  return select({ relation, order: rows.order }, [...kept, { name, value: column(`${mark}values`, 'list') }])
}

const PATHS = 'it is written like //Data[@Name="User"] or /Event/System/EventID/text()'
