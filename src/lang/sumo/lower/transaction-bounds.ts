import type { Lowering } from '../../../plan/lowering.ts'
import { filter, window } from '../../../plan/pipeline.ts'
import type { Cell, Relation } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { column, compare, either, isNull, known, nothing } from '../../../plan/scalars.ts'
import type { Stage } from '../syntax.ts'
import { type Bounds, boundedGroups, type Timed } from './bounded-groups.ts'
import { type Context, type Flow, fieldValue, find, withRows } from './flow.ts'
import { glob } from './glob.ts'
import { refuse } from './refuse.ts'
import { settingOf } from './setting-of.ts'
import { stepOf } from './steps.ts'
import { writtenText } from './texts.ts'
import { GROUP } from './transaction-groups.ts'
import { numberOf, textOf } from './values.ts'

const PLACE = '$place'
/** Rows that there may be. */
const MOST = 20_000

/** Numbers the groups of `transactionize` whose length, pauses, sizes, first or last messages are bounded. */
export function* groupedWithin(stage: Stage<'transactionize'>, flow: Flow, context: Context): Lowering<Flow> {
  const { by, strict, at } = stage
  const keys = by.map(({ name, at: place }) => textOf(fieldValue(flow, context, name, place)))
  const time = numberOf(find(flow, '_messageTime') ?? nothing('number'))
  const orderBy = [{ value: time, descending: false }, ...flow.rows.order]
  const placed = window(flow.rows, [
    { name: PLACE, fn: 'row_number', partitionBy: [], orderBy, type: 'number' },
  ])
  const columns = [
    { name: 'place', value: column(PLACE, 'number') },
    { name: 'time', value: time },
    { name: 'starts', value: holds('startswith', stage, flow, context) },
    { name: 'ends', value: holds('endswith', stage, flow, context) },
    ...keys.map((value, index) => ({ name: `key${index}`, value })),
  ]
  const asked: Relation = { op: 'select', from: placed.relation, columns }
  const answer = yield { relation: asked, limit: MOST, why: 'the messages of transactionize' }
  if (answer.more) {
    const message = `"transactionize" with bounds can look at ${MOST} messages, and there are more`
    return refuse('transactionize', message, at, 'filter before, or leave the bounds out')
  }
  const rows = answer.rows.map(
    (row): Timed => ({
      place: Number(row['place']),
      time: typeof row['time'] === 'number' ? row['time'] : 0,
      starts: row['starts'] === true,
      ends: row['ends'] === true,
      keys: keys.map((_, index) => row[`key${index}`] ?? null),
    }),
  )
  const groups = boundedGroups(
    rows.sort((one, other) => one.place - other.place),
    boundsOf(stage, context),
  )
  const numbered = withRows(flow, { relation: joined(placed.relation, groups), order: flow.rows.order })
  return strict.length === 0
    ? numbered
    : withRows(
        numbered,
        filter(numbered.rows, either(isNull(column(GROUP, 'number')), column(KEPT, 'boolean'))),
      )
}

const KEPT = '$kept'

function joined(left: Relation, groups: readonly (readonly Cell[])[]): Relation {
  const right: Relation = {
    op: 'rows',
    columns: [
      { name: '$at', type: 'number' },
      { name: GROUP, type: 'number' },
      { name: KEPT, type: 'boolean' },
    ],
    rows: groups,
  }
  const on = compare('eq', column(PLACE, 'number'), column('$at', 'number'))
  return { op: 'join', how: 'left', left, right, on }
}

/** Is this a message with which a group begins or ends? */
function holds(key: string, { settings }: Stage<'transactionize'>, flow: Flow, context: Context): Scalar {
  const wanted = settings.find(each => each.key === key)
  if (wanted === undefined) return { kind: 'literal', value: false, type: 'boolean' }
  const of = textOf(fieldValue(flow, context, '_raw', wanted.value.at))
  const pattern = glob(`*${writtenText(wanted.value.raw)}*`)
  return known({ kind: 'like', of, pattern, caseless: false, type: 'boolean' })
}

function boundsOf({ settings, strict }: Stage<'transactionize'>, context: Context): Bounds {
  const lengthOf = (key: string): number => {
    const given = settings.find(each => each.key === key)
    return given === undefined ? Number.POSITIVE_INFINITY : Math.abs(stepOf(given.value, context))
  }
  return {
    span: lengthOf('maxspan'),
    pause: lengthOf('maxpause'),
    size: settingOf(settings, 'maxlogs', Number.POSITIVE_INFINITY, { least: 1, most: 1e9 }),
    mustStart: strict.includes('startswith'),
    mustEnd: strict.includes('endswith'),
  }
}
