import { matchOn, tellMet } from '../../../plan/lookup-match.ts'
import type { LookupTable, Lowering } from '../../../plan/lowering.ts'
import type { Named, Relation } from '../../../plan/relation.ts'
import type { Column, Scalar } from '../../../plan/scalar.ts'
import { both, column, compare, isNull, not, number } from '../../../plan/scalars.ts'
import { assign, type Flow, unused, withRows } from './flow.ts'
import { messageTime } from './message-time.ts'
import { textOf } from './values.ts'

interface Met {
  readonly keys: readonly { readonly value: Scalar; readonly of: Column }[]
  readonly values: readonly { readonly name: string; readonly of: Column }[]
}

/** Columns of a table whose keys are patterns or networks, or whose rows hold for a time: of the last row that each key meets. */
export function* metRows(flow: Flow, table: LookupTable, { keys, values }: Met): Lowering<Flow> {
  const prefix = unused(flow, 'met')
  const sought = keys.map(({ value }, at): Named => ({ name: `${prefix}key${at}`, value: textOf(value) }))
  const time = table.expires === true ? messageTime(flow) : undefined
  const all = time === undefined ? sought : [...sought, { name: `${prefix}time`, value: time }]
  const from: Relation = {
    op: 'filter',
    from: flow.rows.relation,
    where: both(...sought.map(({ value }) => not(isNull(value)))),
  }
  const left: Relation = { op: 'group', from, by: all, aggregates: [] }
  const pairs = keys.map(({ of, value }, at) => ({ column: of.name, value, key: `${prefix}key${at}` }))
  const seconds = time === undefined ? undefined : column(`${prefix}time`, 'number')
  const outputs = values.map(({ of }) => ({ column: of.name }))
  const matching = yield* matchOn(table, pairs, outputs, seconds)
  const { relation: rows, on } = matching
  const met: Relation = { op: 'join', how: 'inner', left, right: rows, on }
  const names = all.map(({ name, value }) => ({ name, type: value.type }))
  const right = lastOf(met, names, { prefix, outputs: values.length })
  const same = all.map(({ name, value }) => {
    const other = column(name, value.type)
    return value.type === 'text' ? compare('eq', value, other, { how: 'text' }) : compare('eq', value, other)
  })
  const by = names.map(({ name, type }) => ({ name, value: column(name, type) }))
  yield* tellMet(table, matching, { rows: flow.rows.relation, keys: left, by, same: both(...same) })
  const relation: Relation = {
    op: 'join',
    how: 'left',
    left: flow.rows.relation,
    right,
    on: both(...same),
  }
  return assign(
    withRows(flow, { relation, order: flow.rows.order }),
    values.map(({ name }, at) => ({ name, value: column(`${prefix}value${at}`, 'text') })),
  )
}

/** The last row of each key, with the values under names that the messages do not have. */
function lastOf(
  from: Relation,
  keys: readonly Column[],
  { prefix, outputs }: { readonly prefix: string; readonly outputs: number },
): Relation {
  const partitionBy = keys.map(({ name, type }) => column(name, type))
  const orderBy = [{ value: column('$place', 'number'), descending: true }]
  const numbered: Relation = {
    op: 'window',
    from,
    columns: [{ name: '$nth', fn: 'row_number', type: 'number', partitionBy, orderBy }],
  }
  const where = compare('eq', column('$nth', 'number'), number(1))
  const columns = [
    ...keys.map(({ name, type }) => ({ name, value: column(name, type) })),
    ...Array.from({ length: outputs }, (_, at) => ({
      name: `${prefix}value${at}`,
      value: column(`$output${at}`, 'text'),
    })),
  ]
  return { op: 'select', from: { op: 'filter', from: numbered, where }, columns }
}
