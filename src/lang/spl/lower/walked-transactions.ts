import type { Lowering } from '../../../plan/lowering.ts'
import { filter, type Pipeline, window } from '../../../plan/pipeline.ts'
import type { Named, Relation } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { call, column, compare, known, not, number, text } from '../../../plan/scalars.ts'
import type { Stages } from '../syntax/tree.ts'
import { refuse } from './context.ts'
import { type Formed, formed, type Member, type Rules } from './formed-transactions.ts'
import { gathered, type Rendering } from './transaction-fields.ts'

/** Events that are gone through one by one at most, and fields by which they may belong together. */
const MOST = 100_000
const MOST_FIELDS = 8

const PLACE = column('$txn_place', 'number')
/** The number and the state of an event's transaction. */
const TRANSACTION = column('$txn', 'text')
const STATE = call('list_at', call('split', TRANSACTION, text(' ')), number(1))
const ORPHAN = 'none'

export interface Walked {
  /** With `$closed` and `$evicted`. */
  readonly transactions: Pipeline
  /** Events that are in none. */
  readonly orphans: Pipeline
}

interface Walk {
  readonly stage: Stages['transaction']
  readonly rules: Rules
  readonly rendering: Rendering
}

/** The transactions of events that may lack some of the fields; it depends on what came before to which one an event belongs. */
export function* walkedTransactions(
  rows: Pipeline,
  keys: readonly Scalar[],
  { stage, rules, rendering }: Walk,
): Lowering<Walked> {
  const orderBy = [{ value: column('$when', 'number'), descending: true }, ...rows.order]
  const placed = window(rows, [
    { name: '$txn_place', fn: 'row_number', partitionBy: [], orderBy, type: 'number' },
  ])
  const events = yield* eventsOf(placed, keys, stage)
  const told = formed(events, rules)
  const all: Pipeline = { relation: joined(placed.relation, told, events.length), order: rows.order }
  const by: readonly Named[] = [
    { name: '$txn', value: TRANSACTION },
    { name: '$closed', value: known(compare('eq', STATE, text('closed'), { how: 'text' })) },
    { name: '$evicted', value: known(compare('eq', STATE, text('evicted'), { how: 'text' })) },
  ]
  const none = compare('eq', TRANSACTION, text(ORPHAN), { how: 'text' })
  return {
    transactions: gathered(filter(all, not(none)), by, rendering),
    orphans: filter(all, none),
  }
}

/** The newest first. */
function* eventsOf(
  placed: Pipeline,
  keys: readonly Scalar[],
  { at }: Stages['transaction'],
): Lowering<readonly Member[]> {
  if (keys.length > MOST_FIELDS) {
    const message = `transaction goes by at most ${MOST_FIELDS} fields where it goes through events one by one`
    return refuse('spl/fields', message, at, 'fill missing ones with fillnull before, or name fewer')
  }
  const columns: readonly Named[] = [
    { name: 'place', value: PLACE },
    { name: 'time', value: column('$when', 'number') },
    { name: 'starts', value: column('$starts', 'boolean') },
    { name: 'ends', value: column('$ends', 'boolean') },
    ...keys.map((value, index) => ({ name: `key${index}`, value })),
  ]
  const relation: Relation = { op: 'select', from: placed.relation, columns }
  const answer = yield { relation, limit: MOST, why: 'the events of transaction' }
  if (answer.more) {
    const message = `transaction can go through ${MOST} events one by one, and there are more`
    return refuse('spl/rows', message, at, 'filter before, or name fields that all events have')
  }
  const events = answer.rows.map(
    (row): Member => ({
      place: Number(row['place']),
      time: typeof row['time'] === 'number' ? row['time'] : Number.NaN,
      starts: row['starts'] === true,
      ends: row['ends'] === true,
      values: keys.map((_, index) => row[`key${index}`] ?? null),
    }),
  )
  return events.sort((one, other) => one.place - other.place)
}

/** Each event with its transaction: one text for all of them, which an engine reads faster than so many rows. */
function joined(left: Relation, transactions: readonly Formed[], count: number): Relation {
  const names = new Array<string>(count).fill(ORPHAN)
  for (const [number, { places, closed, evicted }] of transactions.entries()) {
    const state = evicted ? 'evicted' : closed ? 'closed' : 'open'
    for (const place of places) names[place - 1] = `${number} ${state}`
  }
  const right: Relation = {
    op: 'unnest',
    from: { op: 'rows', columns: [], rows: [[]] },
    of: call('split', text(names.join(',')), text(',')),
    as: '$txn',
    place: '$txn_event',
    keepEmpty: false,
  }
  const place = call('add', column('$txn_event', 'number'), number(1))
  return { op: 'join', how: 'inner', left, right, on: compare('eq', PLACE, place, { how: 'number' }) }
}
