import { append, extend, group, type Pipeline, select } from '../../../plan/pipeline.ts'
import type { Named } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { as, call, choose, column, isNull, number, text } from '../../../plan/scalars.ts'
import { isOn, optionOf } from '../options.ts'
import type { Stages } from '../syntax/tree.ts'
import { type Context, fieldOf, matching, maybe, shown } from './context.ts'

/** What `addtotals` and `addcoltotals` do: the sum of each row in a field, the sums of all rows in a row behind them. */
export function summed(
  stage: Stages['addtotals'] | Stages['addcoltotals'],
  rows: Pipeline,
  context: Context,
): Pipeline {
  const { options, kind } = stage
  const names = fieldsOf(stage, rows, context)
  const sums = kind === 'addtotals' && isOn(options, 'row', true)
  const total = optionOf(options, 'fieldname') ?? 'Total'
  const wider = sums ? extend(rows, [{ name: total, value: rowSum(rows, names) }]) : rows
  if (kind === 'addtotals' && !isOn(options, 'col')) return wider
  const label = optionOf(options, 'labelfield')
  const columns = (sums ? [...names, total] : names).filter(name => name !== label)
  const all = group(
    wider,
    [],
    columns.map(name => ({ name, fn: 'sum', of: as('number', maybe(wider, name)), type: 'number' })),
  )
  const named: readonly Named[] =
    label === undefined ? [] : [{ name: label, value: text(optionOf(options, 'label') ?? 'Total') }]
  const last = select(all, [...columns.map(name => ({ name, value: column(name, 'number') })), ...named])
  return append(wider, last)
}

function fieldsOf(
  { fields }: Stages['addtotals'] | Stages['addcoltotals'],
  rows: Pipeline,
  context: Context,
): readonly string[] {
  if (fields.length === 0)
    return shown(rows)
      .map(({ name }) => name)
      .filter(name => !name.startsWith('_'))
  return fields.flatMap(field => {
    if (!field.name.includes('*')) fieldOf(rows, field, context)
    return matching(rows, field.name).map(({ name }) => name)
  })
}

function rowSum(rows: Pipeline, names: readonly string[]): Scalar {
  return names.reduce<Scalar>((sum, name) => {
    const value = as('number', maybe(rows, name))
    return call('add', sum, choose(isNull(value), number(0), value))
  }, number(0))
}
