import { filter, group, type Pipeline, select, window } from '../../../plan/pipeline.ts'
import type { Named, SortKey, WindowColumn } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { call, column, compare, number, text } from '../../../plan/scalars.ts'
import { isOn, numberOf, optionOf } from '../options.ts'
import type { Option, Stages } from '../syntax/tree.ts'
import { type Context, fieldOf, maybe } from './context.ts'
import { oneValueEach, present } from './group.ts'

const COUNT = column('$count', 'number')
const ALL = column('$all', 'number')
const PLACE = column('$place', 'number')

/** What `top` and `rare` do: values with their count and their part of all, to six places, in each group. */
export function ranked(stage: Stages['top'] | Stages['rare'], rows: Pipeline, context: Context): Pipeline {
  const { fields, by, options, kind } = stage
  const names = [...by, ...fields]
  const single = oneValueEach(present(rows, names, context), names)
  const keys = names.map((name): Named => ({ name: name.name, value: fieldOf(single, name, context) }))
  const groups = keys.slice(0, by.length).map(({ name, value }) => column(name, value.type))
  const counted = group(single, keys, [{ name: '$count', fn: 'count_rows', type: 'number' }])
  // Of equal counts in a group, Splunk's top gives the value that is the last by its letters.
  const last = kind === 'top' && by.length > 0
  const order: readonly SortKey[] = [
    { value: COUNT, descending: kind === 'top' },
    ...counted.order.map(key => ({ ...key, descending: last !== key.descending })),
  ]
  const placed = window(counted, places(groups, order))
  const most = stage.limit ?? numberOf(options, 'limit', 10)
  const inside = compare('lte', PLACE, number(most))
  const few = most === 0 ? placed : filter(placed, inside)
  const others = most > 0 && isOn(options, 'useother')
  const all = others ? withOthers(few, filter(placed, compare('gt', PLACE, number(most))), stage) : few
  const columns = names.map(({ name }): Named => {
    return { name, value: maybe(all, name) }
  })
  const sorted = { ...all, order: [...groups.map(ascending), ascending(PLACE)] }
  return select(sorted, [...columns, ...measures(options)])
}

function places(groups: readonly Scalar[], orderBy: readonly SortKey[]): readonly WindowColumn[] {
  const aggregate = { fn: 'sum', of: COUNT, type: 'number' } as const
  return [
    { name: '$place', fn: 'row_number', partitionBy: groups, orderBy, type: 'number' },
    { name: '$all', fn: 'aggregate', aggregate, partitionBy: groups, orderBy: [], type: 'number' },
  ]
}

/** One more row for each group that has values beyond the limit, behind those of the group. */
function withOthers(
  few: Pipeline,
  rest: Pipeline,
  { by, fields, options }: Stages['top' | 'rare'],
): Pipeline {
  const title = text(optionOf(options, 'otherstr') ?? 'OTHER')
  const keys = by.map(({ name }): Named => ({ name, value: maybe(rest, name) }))
  const summed = group(rest, keys, [
    { name: '$count', fn: 'sum', of: COUNT, type: 'number' },
    { name: '$all', fn: 'max', of: ALL, type: 'number' },
    { name: '$place', fn: 'max', of: PLACE, type: 'number' },
  ])
  const names = new Set(by.map(({ name }) => name))
  const titled = fields.filter(({ name }) => !names.has(name)).map(({ name }) => ({ name, value: title }))
  const { relation } = summed
  return {
    relation: { op: 'union', of: [few.relation, { op: 'extend', from: relation, columns: titled }] },
    order: few.order,
  }
}

function measures(options: readonly Option[]): readonly Named[] {
  const percent = call('round', call('divide', call('multiply', COUNT, number(100)), ALL), number(6))
  const count = { name: optionOf(options, 'countfield') ?? 'count', value: COUNT }
  const part = { name: optionOf(options, 'percentfield') ?? 'percent', value: percent }
  return [
    ...(isOn(options, 'showcount', true) ? [count] : []),
    ...(isOn(options, 'showperc', true) ? [part] : []),
  ]
}

function ascending(value: Scalar): SortKey {
  return { value, descending: false }
}
