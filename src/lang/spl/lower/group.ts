import { columnNamed, filter, group, type Pipeline, select } from '../../../plan/pipeline.ts'
import type { Named } from '../../../plan/relation.ts'
import { both, call, column, isNull, not } from '../../../plan/scalars.ts'
import type { Aggregation, Name } from '../syntax/tree.ts'
import { lowerAggregations } from './aggregates.ts'
import { type Context, fieldOf } from './context.ts'

/**
 * What `stats` does: one row a group, by-fields first; rows without one of the by-fields are left out. With `once` a row
 * counts once for a value that it has several times.
 */
export function grouped(
  rows: Pipeline,
  aggregations: readonly Aggregation[],
  by: readonly Name[],
  context: Context,
  once = false,
): Pipeline {
  const names = unique(by)
  const single = oneValueEach(present(rows, names, context), names, once)
  const keys = names.map(name => ({ name: name.name, value: fieldOf(single, name, context) }))
  const made = lowerAggregations(
    aggregations,
    single,
    context,
    keys.map(({ name }) => name),
  )
  const rest = made.columns.filter(({ name }) => !keys.some(key => key.name === name))
  const result = group(single, keys, made.aggregates)
  const carried = keys.map(({ name, value }): Named => ({ name, value: column(name, value.type) }))
  return select(result, [...carried, ...rest])
}

/** Rows that have all of these fields. */
export function present(rows: Pipeline, names: readonly Name[], context: Context): Pipeline {
  if (names.length === 0) return rows
  return filter(rows, both(...names.map(name => not(isNull(fieldOf(rows, name, context))))))
}

/** A row for each value of a multivalue field, and for each pair of values of two. */
export function oneValueEach(rows: Pipeline, names: readonly Name[], once = false): Pipeline {
  return names.reduce((before, { name }) => {
    const value = columnNamed(before, name)
    if (value?.type !== 'list') return before
    const of = once ? call('list_unique', value) : value
    return {
      order: before.order,
      relation: { op: 'unnest', from: before.relation, of, as: name, keepEmpty: false },
    }
  }, rows)
}

function unique(names: readonly Name[]): readonly Name[] {
  return [...new Map(names.map(name => [name.name, name])).values()]
}
