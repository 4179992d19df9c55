import type { Lowering } from '../../../plan/lowering.ts'
import { filter, group, type Pipeline, select, visible } from '../../../plan/pipeline.ts'
import type { Relation } from '../../../plan/relation.ts'
import { column, compare, either, isNull, not, number } from '../../../plan/scalars.ts'
import type { Stages } from '../syntax/tree.ts'
import { type Context, shown } from './context.ts'

/** What `set` does: the different rows of both searches, of only one of them, or of both alike. */
export function* combined({ how, searches }: Stages['set'], context: Context): Lowering<Pipeline> {
  const sides: Relation[] = []
  for (const [side, search] of searches.entries()) sides.push(marked(yield* context.lower(search), side))
  const all: Relation = { op: 'union', of: sides }
  const names = visible({ relation: all, order: [] })
  const keys = names.map(({ name, type }) => ({ name, value: column(name, type) }))
  const grouped = group({ relation: all, order: [] }, keys, [
    { name: '$first', fn: 'min', of: column('$side', 'number'), type: 'number' },
    { name: '$last', fn: 'max', of: column('$side', 'number'), type: 'number' },
  ])
  const op = how === 'diff' ? 'eq' : 'lt'
  const apart = compare(op, column('$first', 'number'), column('$last', 'number'))
  if (how === 'union') return select(grouped, keys)
  return select({ ...grouped, relation: { op: 'filter', from: grouped.relation, where: apart } }, keys)
}

/** What rows are compared by: their own fields, if they have any besides those that begin with `_`; empty ones are none. */
function marked(rows: Pipeline, side: number): Relation {
  const own = shown(rows).filter(({ name }) => !name.startsWith('_'))
  const columns = own.length === 0 ? shown(rows) : own
  const some = filter(rows, either(...columns.map(({ value }) => not(isNull(value)))))
  return {
    op: 'select',
    from: some.relation,
    columns: [...columns, { name: '$side', value: number(side) }],
  }
}
