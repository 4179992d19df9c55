import { extend, type Pipeline, window } from '../../../plan/pipeline.ts'
import type { Named, Relation, SortKey } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { as, both, call, choose, column, compare, isNull, number } from '../../../plan/scalars.ts'
import type { Rules } from './formed-transactions.ts'

const WHEN = column('$when', 'number')
const NTH = column('$nth', 'number')

/** How long ago an event was: the newest first, as Splunk goes through them. */
const AGO = call('subtract', number(0), WHEN)

/**
 * Numbers the parts of each run, in `$part`: from the newest event back, a new one begins with the first event that is
 * further away than the span from the one that the last began with, or for which there are enough events in it.
 */
export function cutInParts(rows: Pipeline, keys: readonly Scalar[], { span, events }: Rules): Pipeline {
  const within = [...keys, column('$run', 'number')]
  const orderBy: readonly SortKey[] = [{ value: WHEN, descending: true }, ...rows.order]
  const placed = window(rows, [
    { name: '$nth', fn: 'row_number', partitionBy: within, orderBy, type: 'number' },
  ])
  if (Number.isFinite(span)) return bySpan(placed, within, { span, events })
  const before = call('subtract', NTH, number(1))
  const part = Number.isFinite(events) ? call('floor', call('divide', before, number(events))) : number(0)
  return extend(placed, [{ name: '$part', value: part }])
}

/** More events than there are. */
const NO_BOUND = 1e15

function bySpan(
  rows: Pipeline,
  within: readonly Scalar[],
  { span, events }: Pick<Rules, 'span' | 'events'>,
): Pipeline {
  const by = within.map((value, at): Named => ({ name: `$of${at}`, value }))
  const keys = by.map(({ name, value }) => column(name, value.type))
  const orderBy: readonly SortKey[] = [{ value: WHEN, descending: true }]
  const times: Relation = {
    op: 'group',
    from: rows.relation,
    by,
    aggregates: [{ name: '$times', fn: 'list', of: as('text', AGO), orderBy, type: 'list' }],
  }
  const most = number(Math.min(events, NO_BOUND))
  const begins = call('stretch_starts', column('$times', 'list'), number(span), most)
  const each: Relation = { op: 'unnest', from: times, of: begins, as: '$begins', keepEmpty: false }
  const begin: Named = { name: '$begin', value: as('number', column('$begins', 'text')) }
  const own = by.map(({ name }, at): Named => ({ name, value: keys[at] ?? column(name, 'text') }))
  const right: Relation = { op: 'select', from: each, columns: [...own, begin] }
  const same = within.map((value, at) => compare('eq', value, keys[at] ?? value, { how: sortOf(value) }))
  const here = compare('eq', NTH, column('$begin', 'number'), { how: 'number' })
  const joined: Relation = { op: 'join', how: 'left', left: rows.relation, right, on: both(...same, here) }
  const marked = extend({ relation: joined, order: rows.order }, [
    { name: '$begins', value: choose(isNull(column('$begin', 'number')), number(0), number(1)) },
  ])
  return window(marked, [
    {
      name: '$part',
      fn: 'aggregate',
      aggregate: { fn: 'sum', of: column('$begins', 'number'), type: 'number' },
      frame: { from: 'start', to: 0 },
      partitionBy: within,
      orderBy: [{ value: NTH, descending: false }],
      type: 'number',
    },
  ])
}

function sortOf({ type }: Scalar): 'number' | 'text' {
  return type === 'number' ? 'number' : 'text'
}
