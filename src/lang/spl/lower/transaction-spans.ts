import { extend, type Pipeline, window } from '../../../plan/pipeline.ts'
import type { Named, Relation, SortKey } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { as, both, call, column, compare, number } from '../../../plan/scalars.ts'

const WHEN = column('$when', 'number')

/** How long ago an event was: the newest first, as Splunk goes through them. */
const AGO = call('subtract', number(0), WHEN)

/**
 * Numbers the stretches of each run, in `$span`: from the newest event back, a new one begins with the first event that
 * is further away than the span from the one that the last began with.
 */
export function cutBySpan(rows: Pipeline, keys: readonly Scalar[], span: number): Pipeline {
  const by: readonly Named[] = [...keys, column('$run', 'number')].map((value, at) => ({
    name: `$of${at}`,
    value,
  }))
  const orderBy: readonly SortKey[] = [{ value: WHEN, descending: true }]
  const times: Relation = {
    op: 'group',
    from: rows.relation,
    by,
    aggregates: [{ name: '$times', fn: 'list', of: as('text', AGO), orderBy, type: 'list' }],
  }
  const begins = { name: '$begins', value: call('span_starts', column('$times', 'list'), number(span)) }
  const right: Relation = {
    op: 'select',
    from: times,
    columns: [...by.map(({ name, value }) => ({ name, value: column(name, value.type) })), begins],
  }
  const on = both(
    ...by.map(({ name, value }) => {
      return compare('eq', value, column(name, value.type), {
        how: value.type === 'number' ? 'number' : 'text',
      })
    }),
  )
  const joined: Relation = { op: 'join', how: 'left', left: rows.relation, right, on }
  const place = call('place_among', column('$begins', 'list'), AGO)
  return extend({ relation: joined, order: rows.order }, [{ name: '$span', value: place }])
}

/** Numbers the parts of so many events in each stretch, the newest first, in `$part`. */
export function cutByNumber(
  rows: Pipeline,
  keys: readonly Scalar[],
  { most, newest }: { readonly most: number; readonly newest: readonly SortKey[] },
): Pipeline {
  const partitionBy = [...keys, column('$run', 'number'), column('$span', 'number')]
  const placed = window(rows, [
    { name: '$nth', fn: 'row_number', partitionBy, orderBy: newest, type: 'number' },
  ])
  const before = call('subtract', column('$nth', 'number'), number(1))
  return extend(placed, [
    { name: '$part', value: call('floor', call('divide', before, number(Math.max(1, most)))) },
  ])
}
