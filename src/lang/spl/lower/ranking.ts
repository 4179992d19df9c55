import { filter, group, type Pipeline, select, window } from '../../../plan/pipeline.ts'
import type { Named, WindowColumn } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { call, column, compare, number } from '../../../plan/scalars.ts'
import { isOn, numberOf, optionOf } from '../reader.ts'
import type { Stages } from '../syntax/tree.ts'
import { type Context, fieldOf, refuse } from './context.ts'
import { oneValueEach, present } from './group.ts'

/** What `top` and `rare` do: values with their count and their part of all, in each group. */
export function ranked(stage: Stages['top'] | Stages['rare'], rows: Pipeline, context: Context): Pipeline {
  const { fields, by, options, kind } = stage
  if (isOn(options, 'useother'))
    return refuse('spl/unsupported-option', `${kind} does not know useother=t here`, stage.at)
  const names = [...by, ...fields]
  const single = oneValueEach(present(rows, names, context), names)
  const keys = names.map((name): Named => ({ name: name.name, value: fieldOf(single, name, context) }))
  const counted = group(single, keys, [{ name: '$count', fn: 'count_rows', type: 'number' }])
  const groups = keys.slice(0, by.length).map(({ name, value }) => column(name, value.type))
  const count = column('$count', 'number')
  const order = [{ value: count, descending: kind === 'top' }, ...counted.order]
  const windows: readonly WindowColumn[] = [
    { name: '$place', fn: 'row_number', partitionBy: groups, orderBy: order, type: 'number' },
    {
      name: '$all',
      fn: 'aggregate',
      aggregate: { fn: 'sum', of: count, type: 'number' },
      partitionBy: groups,
      orderBy: [],
      type: 'number',
    },
  ]
  const placed = window(counted, windows)
  const most = stage.limit ?? numberOf(options, 'limit', 10)
  const few = most === 0 ? placed : filter(placed, compare('lte', column('$place', 'number'), number(most)))
  const sorted = { ...few, order: [...groups.map(ascending), ...order] }
  const percent = call('divide', call('multiply', count, number(100)), column('$all', 'number'))
  const columns = keys.map(({ name, value }): Named => ({ name, value: column(name, value.type) }))
  return select(sorted, [
    ...columns,
    ...(isOn(options, 'showcount', true)
      ? [{ name: optionOf(options, 'countfield') ?? 'count', value: count }]
      : []),
    ...(isOn(options, 'showperc', true)
      ? [{ name: optionOf(options, 'percentfield') ?? 'percent', value: percent }]
      : []),
  ])
}

function ascending(value: Scalar) {
  return { value, descending: false }
}
