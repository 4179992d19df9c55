import type { Lowering } from '../../../plan/lowering.ts'
import {
  append,
  extend,
  filter,
  group,
  type Pipeline,
  select,
  visible,
  window,
} from '../../../plan/pipeline.ts'
import type { Aggregate, Named, SortKey, WindowColumn } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import {
  as,
  both,
  call,
  choose,
  column,
  compare,
  either,
  isNull,
  known,
  not,
  number,
  truth,
} from '../../../plan/scalars.ts'
import { isOn, numberOf, optionOf } from '../options.ts'
import type { Boundary, Stages } from '../syntax/tree.ts'
import { type Context, fieldOf, maybe, refuse } from './context.ts'
import { lowerCondition } from './expression.ts'
import { spanSeconds } from './relative-time.ts'
import { lowerTerm } from './term.ts'
import { cutByNumber, cutBySpan } from './transaction-spans.ts'

type Stage = Stages['transaction']

/**
 * What `transaction` does: events that agree in the fields, cut where one begins or another has ended, where the
 * pause is too long or, without either bound, where the span is full. Fields become the lists of their different
 * values. Those that are not closed, or that lasted too long, are left out unless `keepevicted=t`.
 */
export function* transactions(stage: Stage, before: Pipeline, context: Context): Lowering<Pipeline> {
  const { options, fields } = stage
  const keys = fields.map(field => as('text', fieldOf(before, field, context)))
  const complete = keys.length === 0 ? before : filter(before, both(...keys.map(key => not(isNull(key)))))
  const time = as('number', fieldOf(complete, { name: '_time', at: stage.at }, context))
  const starts = yield* boundary(stage.startsWith, complete, context)
  const ends = yield* boundary(stage.endsWith, complete, context)
  const timed = extend(complete, [
    { name: '$when', value: time },
    { name: '$starts', value: starts ?? truth(false) },
    { name: '$ends', value: ends ?? truth(false) },
  ])
  const cut = cutUp(timed, keys, stage)
  const made = numberedWithin(gathered(cut, keys, stage), keys)
  const closed = bounds(stage, made)
  const kept = isOn(options, 'keepevicted') ? made : filter(made, closed)
  const newest: readonly SortKey[] = [{ value: column('_time', 'number'), descending: true }]
  const columns = visible(kept).map(({ name, type }): Named => ({ name, value: column(name, type) }))
  const done = choose(bordered(stage) ? closed : followed(stage), number(1), number(0))
  const closing = [...columns, { name: 'closed_txn', value: done }]
  const all = select({ relation: kept.relation, order: newest }, closing)
  if (!isOn(options, 'keeporphans') || keys.length === 0) return all
  const orphans = filter(before, either(...keys.map(key => isNull(key))))
  return append(all, extend(orphans, [{ name: '_txn_orphan', value: number(1) }]))
}

function bordered({ startsWith, endsWith }: Stage): boolean {
  return startsWith !== undefined || endsWith !== undefined
}

/**
 * Without bounds a transaction is closed by the next one before it in time, or by its number of events; the last that is
 * met, the oldest, stays open. All are kept.
 */
function followed({ options }: Stage): Scalar {
  const most = optionOf(options, 'maxevents')
  const full = compare('gte', column('eventcount', 'number'), number(Number(most ?? 0)), { how: 'number' })
  const later = compare('gt', column('$nthOfKey', 'number'), number(1), { how: 'number' })
  return known(most === undefined ? later : either(later, full))
}

/** Numbers the transactions of each key from the oldest on. */
function numberedWithin(rows: Pipeline, keys: readonly Scalar[]): Pipeline {
  const partitionBy = keys.map((_, at) => column(`$key${at}`, 'text'))
  const orderBy: readonly SortKey[] = [{ value: column('_time', 'number'), descending: false }]
  return window(rows, [{ name: '$nthOfKey', fn: 'row_number', partitionBy, orderBy, type: 'number' }])
}

function* boundary(
  bound: Boundary | undefined,
  rows: Pipeline,
  context: Context,
): Lowering<Scalar | undefined> {
  if (bound === undefined) return undefined
  if ('expression' in bound) return known(lowerCondition(bound.expression, rows, context))
  return yield* lowerTerm(bound.term, rows, context)
}

function seconds({ options, at }: Stage, name: string): number | undefined {
  const value = optionOf(options, name)
  if (value === undefined || value === '-1') return undefined
  return (
    spanSeconds(value) ?? refuse('spl/span', `"${value}" is no span`, at, 'it is written like 30s, 5m or 2h')
  )
}

const oldest = (rows: Pipeline): readonly SortKey[] => [
  { value: column('$when', 'number'), descending: false },
  ...rows.order.map(key => ({ ...key, descending: !key.descending })),
]

/** Numbers the transactions of each key, in `$run`. */
function cutUp(rows: Pipeline, keys: readonly Scalar[], stage: Stage): Pipeline {
  const orderBy = oldest(rows)
  const last = (name: string, of: Scalar): WindowColumn => ({
    name,
    fn: 'lag',
    of,
    by: 1,
    partitionBy: keys,
    orderBy,
    type: of.type,
  })
  const looked = window(rows, [
    last('$before', column('$when', 'number')),
    last('$ended', column('$ends', 'boolean')),
  ])
  const pause = seconds(stage, 'maxpause')
  const gap = call('subtract', column('$when', 'number'), column('$before', 'number'))
  const begins = either(
    column('$starts', 'boolean'),
    known(column('$ended', 'boolean')),
    ...(pause === undefined ? [] : [known(compare('gt', gap, number(pause), { how: 'number' }))]),
  )
  const marked = extend(looked, [{ name: '$cut', value: choose(begins, number(1), number(0)) }])
  const total = { fn: 'sum', of: column('$cut', 'number'), type: 'number' } as const
  const frame = { from: 'start', to: 0 } as const
  const run = window(marked, [
    { name: '$run', fn: 'aggregate', aggregate: total, frame, partitionBy: keys, orderBy, type: 'number' },
  ])
  const most = numberOf(stage.options, 'maxevents', 1000)
  const newest = [{ value: column('$when', 'number'), descending: true }, ...rows.order]
  return cutByNumber(spanned(run, keys, stage), keys, { most, newest })
}

/** Where a transaction has bounds, its span says only whether it is kept. */
function spanned(rows: Pipeline, keys: readonly Scalar[], stage: Stage): Pipeline {
  const span = seconds(stage, 'maxspan')
  if (span === undefined || bordered(stage)) return extend(rows, [{ name: '$span', value: number(0) }])
  return cutBySpan(rows, keys, span)
}

/** Fields that a transaction has of its own. */
const MADE = new Set(['_time', 'duration', 'eventcount', 'closed_txn'])

/** One row a transaction. */
function gathered(rows: Pipeline, keys: readonly Scalar[], stage: Stage): Pipeline {
  const order = oldest(rows)
  const by: readonly Named[] = [
    ...keys.map((value, at): Named => ({ name: `$key${at}`, value })),
    ...['$run', '$span', '$part'].map((name): Named => ({ name, value: column(name, 'number') })),
  ]
  const lists = optionOf(stage.options, 'mvlist')
  const all = lists !== undefined && /^(t|true|1)$/i.test(lists)
  const listed = new Set((lists ?? '').split(/[\s,]+/))
  const others = visible(rows).filter(({ name }) => !MADE.has(name))
  const gather = others.map(({ name, type }): Aggregate => {
    const of = type === 'list' ? column(name, type) : as('text', column(name, type))
    const every = all || listed.has(name) || name === '_raw'
    return { name, fn: every ? 'list' : 'values', of, orderBy: order, type: 'list' }
  })
  const when = column('$when', 'number')
  const facts: readonly Aggregate[] = [
    { name: '_time', fn: 'min', of: when, type: 'number' },
    { name: '$end', fn: 'max', of: when, type: 'number' },
    { name: 'eventcount', fn: 'count_rows', type: 'number' },
    { name: '$started', fn: 'first', of: column('$starts', 'boolean'), orderBy: order, type: 'boolean' },
    { name: '$finished', fn: 'last', of: column('$ends', 'boolean'), orderBy: order, type: 'boolean' },
  ]
  const grouped = group(rows, by, [...gather, ...facts])
  const duration = call('subtract', column('$end', 'number'), column('_time', 'number'))
  return extend(grouped, [{ name: 'duration', value: duration }])
}

/** Did it begin and end as it should, within its span? */
function bounds(stage: Stage, rows: Pipeline): Scalar {
  const span = seconds(stage, 'maxspan')
  const short = known(compare('lte', maybe(rows, 'duration'), number(span ?? 0), { how: 'number' }))
  const tests = [
    ...(stage.startsWith === undefined ? [] : [known(column('$started', 'boolean'))]),
    ...(stage.endsWith === undefined ? [] : [known(column('$finished', 'boolean'))]),
    ...(span === undefined ? [] : [short]),
  ]
  return tests.length === 0 ? truth(true) : both(...tests)
}
