import { numbered, type Pipeline, select, window } from '../../../plan/pipeline.ts'
import type { Named, Relation } from '../../../plan/relation.ts'
import { as, both, call, column, compare, either, isNull, not, number } from '../../../plan/scalars.ts'
import { isOn, numberOf } from '../options.ts'
import type { Stages } from '../syntax/tree.ts'
import { type Context, fieldOf, freshMark, shown } from './context.ts'
import { chosen } from './functions/conditions.ts'
import { present } from './group.ts'

/**
 * What `selfjoin` does: each row together with the next `max` rows (1; 0 is all) that agree with it in the fields,
 * whose values go before its own. A row that nothing agrees with is left out unless `keepsingle=t`.
 */
export function joinedWithin(stage: Stages['selfjoin'], before: Pipeline, context: Context): Pipeline {
  const { fields, options } = stage
  const rows = numbered(present(before, fields, context))
  const mark = freshMark(rows, 'self')
  const keys = fields.map(field => as('text', fieldOf(rows, field, context)))
  const placed = window(rows, [
    { name: `${mark}nth`, fn: 'row_number', partitionBy: keys, orderBy: rows.order, type: 'number' },
    {
      name: `${mark}all`,
      fn: 'aggregate',
      aggregate: { fn: 'count_rows', type: 'number' },
      partitionBy: keys,
      orderBy: [],
      type: 'number',
    },
  ])
  const others = shown(rows).filter(({ name }) => !fields.some(field => field.name === name))
  const right: Relation = {
    op: 'select',
    from: placed.relation,
    columns: [
      ...keys.map((value, at): Named => ({ name: `${mark}key${at}`, value })),
      { name: `${mark}place`, value: column(`${mark}nth`, 'number') },
      ...others.map(({ value }, at): Named => ({ name: `${mark}other${at}`, value })),
    ],
  }
  const nth = column(`${mark}nth`, 'number')
  const place = column(`${mark}place`, 'number')
  const most = numberOf(options, 'max', 1)
  const on = both(
    ...keys.map((key, at) => compare('eq', key, column(`${mark}key${at}`, 'text'), { how: 'text' })),
    compare('gt', place, nth),
    ...(most === 0 ? [] : [compare('lte', place, call('add', nth, number(most)))]),
  )
  const relation: Relation = { op: 'join', how: 'left', left: placed.relation, right, on }
  const alone = compare('eq', column(`${mark}all`, 'number'), number(1))
  const met = not(isNull(place))
  const kept: Relation = {
    op: 'filter',
    from: relation,
    where: isOn(options, 'keepsingle') ? either(met, alone) : met,
  }
  const order = [...placed.order, { value: place, descending: false }]
  const overwrite = isOn(options, 'overwrite', true)
  const merged = others.map(({ name, value }, at): Named => {
    const other = column(`${mark}other${at}`, value.type)
    const [first, second] = overwrite ? [other, value] : [value, other]
    return { name, value: chosen([[not(isNull(first)), first]], second) }
  })
  const names = new Map(merged.map(one => [one.name, one]))
  return select(
    { relation: kept, order },
    shown(rows).map(one => names.get(one.name) ?? one),
  )
}
