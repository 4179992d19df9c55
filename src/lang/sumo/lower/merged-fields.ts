import { extend, group, select } from '../../../plan/pipeline.ts'
import type { Aggregate, AggregateName, SortKey } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { call, column, text } from '../../../plan/scalars.ts'
import type { Merged, Name } from '../syntax-parts.ts'
import { type Flow, fieldNames, fieldValue, find, flowOf } from './flow.ts'
import { writtenText } from './texts.ts'
import { GROUP } from './transaction-groups.ts'
import type { Scene } from './value-of.ts'
import { numberOf, textOf } from './values.ts'

const HOWS: Readonly<Record<string, AggregateName>> = {
  takeFirst: 'first',
  takeLast: 'last',
  takeDistinct: 'values',
  count: 'count',
  sum: 'sum',
  min: 'min',
  max: 'max',
  avg: 'average',
}

/**
 * One row for each group of `transactionize`, or one of all: fields are put together as they say, or joined line by line.
 * Of messages the first is the earliest.
 */
export function mergedFields(by: readonly Name[], merge: readonly Merged[], { flow, context }: Scene): Flow {
  const grouped = new Set(by.map(({ name }) => name.toLowerCase()))
  const listed = merge.length > 0 ? merge : everyOther(flow, grouped)
  const wanted = listed
    .filter(({ field, as }) => as !== undefined || !grouped.has(field.name.toLowerCase()))
    .map(each => ({ ...each, name: (each.as ?? each.field).name }))
  const keys = by.map(({ name, at }) => ({ name, value: fieldValue(flow, context, name, at) }))
  const orderBy = fromTheEarliest(flow)
  const aggregates = wanted.map(each =>
    aggregate(each, fieldValue(flow, context, each.field.name, each.field.at), orderBy),
  )
  const groups = by.length === 0 ? [] : [{ name: GROUP, value: column(GROUP, 'number') }]
  const firsts = keys.map(
    ({ name, value }): Aggregate => ({ name, fn: 'first', of: value, orderBy, type: value.type }),
  )
  const rows = group(flow.rows, groups, [...firsts, ...aggregates])
  const joined = extend(
    rows,
    wanted.flatMap(({ name, how, joinWith }) => {
      if (how !== undefined && how !== 'takeDistinct') return []
      const between = joinWith === undefined ? '\n' : writtenText(joinWith.raw)
      return [{ name, value: call('list_join', column(name, 'list'), text(between)) }]
    }),
  )
  const shown = keys.map(({ name, value }) => ({ name, value: column(name, value.type) }))
  const rest = wanted.map(({ name }, index) => ({ name, value: column(name, typeOf(aggregates[index])) }))
  return flowOf(select(joined, [...shown, ...rest]), false)
}

function fromTheEarliest(flow: Flow): readonly SortKey[] {
  const time = flow.messages ? find(flow, '_messageTime') : undefined
  return time === undefined ? flow.rows.order : [{ value: time, descending: false }, ...flow.rows.order]
}

function everyOther(flow: Flow, grouped: ReadonlySet<string>): readonly Merged[] {
  const names = fieldNames(flow).filter(name => !grouped.has(name.toLowerCase()))
  return names.map(name => ({ field: { name, at: { start: 0, end: 0, line: 1, column: 1 } } }))
}

function aggregate(
  { name, how }: Pick<Merged, 'how'> & { readonly name: string },
  value: Scalar,
  orderBy: readonly SortKey[],
): Aggregate {
  const fn = how === undefined ? 'list' : (HOWS[how] ?? 'list')
  if (fn === 'list' || fn === 'values') return { name, fn, of: textOf(value), orderBy, type: 'list' }
  if (fn === 'first' || fn === 'last') return { name, fn, of: value, orderBy, type: value.type }
  if (fn === 'min' || fn === 'max')
    return { name, fn, of: value, type: value.type === 'list' ? 'text' : value.type }
  return { name, fn, of: fn === 'count' ? value : numberOf(value), type: 'number' }
}

/** Lists were joined. */
function typeOf(joined: Aggregate | undefined) {
  return joined === undefined || joined.type === 'list' ? 'text' : joined.type
}
