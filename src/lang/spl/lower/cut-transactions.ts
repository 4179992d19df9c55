import { extend, type Pipeline, window } from '../../../plan/pipeline.ts'
import type { Named, SortKey, WindowColumn } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import {
  both,
  call,
  choose,
  column,
  compare,
  either,
  known,
  not,
  number,
  truth,
} from '../../../plan/scalars.ts'
import type { Rules } from './formed-transactions.ts'
import { gathered, oldest, type Rendering } from './transaction-fields.ts'
import { cutInParts } from './transaction-spans.ts'

/**
 * The transactions of events that have all the fields: those of the same values, cut where one begins or another has ended,
 * where the pause is too long, the span is full or there are enough of them. They have `$closed` and `$evicted`.
 */
export function cutTransactions(
  rows: Pipeline,
  keys: readonly Scalar[],
  rules: Rules,
  rendering: Rendering,
): Pipeline {
  const parts = cutInParts(inRuns(rows, keys, rules), keys, rules)
  const by = [
    ...keys.map((value, at): Named => ({ name: `$key${at}`, value })),
    ...['$run', '$part'].map((name): Named => ({ name, value: column(name, 'number') })),
  ]
  const made = numbered(gathered(parts, by, rendering), keys)
  const bordered = rules.mustStart || rules.mustEnd
  const closed = bordered ? whole(rules) : followed(rules)
  return extend(made, [
    { name: '$closed', value: closed },
    { name: '$evicted', value: bordered ? not(closed) : truth(false) },
  ])
}

/** Numbers the runs of each key in the order of time, in `$run`. */
function inRuns(rows: Pipeline, keys: readonly Scalar[], { pause, span }: Rules): Pipeline {
  // A pause that is longer than the span ends it too, and the shorter the runs, the sooner their parts are found.
  const most = Math.min(pause, span)
  const orderBy = oldest(rows)
  const last = (name: string, of: Scalar): WindowColumn => {
    return { name, fn: 'lag', of, by: 1, partitionBy: keys, orderBy, type: of.type }
  }
  const looked = window(rows, [
    last('$before', column('$when', 'number')),
    last('$ended', column('$ends', 'boolean')),
  ])
  const gap = call('subtract', column('$when', 'number'), column('$before', 'number'))
  const begins = either(
    column('$starts', 'boolean'),
    known(column('$ended', 'boolean')),
    ...(Number.isFinite(most) ? [known(compare('gt', gap, number(most), { how: 'number' }))] : []),
  )
  const marked = extend(looked, [{ name: '$cut', value: choose(begins, number(1), number(0)) }])
  const aggregate = { fn: 'sum', of: column('$cut', 'number'), type: 'number' } as const
  const frame = { from: 'start', to: 0 } as const
  return window(marked, [
    { name: '$run', fn: 'aggregate', aggregate, frame, partitionBy: keys, orderBy, type: 'number' },
  ])
}

/** Numbers the transactions of each key from the oldest on. */
function numbered(rows: Pipeline, keys: readonly Scalar[]): Pipeline {
  const partitionBy = keys.map((_, at) => column(`$key${at}`, 'text'))
  const orderBy: readonly SortKey[] = [{ value: column('_time', 'number'), descending: false }]
  return window(rows, [{ name: '$nthOfKey', fn: 'row_number', partitionBy, orderBy, type: 'number' }])
}

/** Did it begin and end as it should? */
function whole({ mustStart, mustEnd }: Rules): Scalar {
  return both(
    ...(mustStart ? [known(column('$started', 'boolean'))] : []),
    ...(mustEnd ? [known(column('$finished', 'boolean'))] : []),
  )
}

/** The next one or its number of events has closed it; the oldest is the last that is met and stays open. */
function followed({ events }: Rules): Scalar {
  const later = compare('gt', column('$nthOfKey', 'number'), number(1), { how: 'number' })
  if (!Number.isFinite(events)) return known(later)
  return known(
    either(later, compare('gte', column('eventcount', 'number'), number(events), { how: 'number' })),
  )
}
