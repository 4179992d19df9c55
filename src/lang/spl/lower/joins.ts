import type { Lowering } from '../../../plan/lowering.ts'
import {
  columnNamed,
  filter,
  numbered,
  type Pipeline,
  select,
  visible,
  window,
} from '../../../plan/pipeline.ts'
import type { Named, Relation } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { as, both, column, compare, isNull, not, number } from '../../../plan/scalars.ts'
import { isOn, numberOf, optionOf } from '../options.ts'
import type { Name, Stages } from '../syntax/tree.ts'
import { type Context, fieldOf, freshMark, refuse, shown } from './context.ts'
import { chosen } from './functions/conditions.ts'

/**
 * What `join` does: rows that agree in the fields, which are the common ones unless named. Of the subsearch the
 * first row a key counts, or `max` of them (0 is all); its values go before those that are there.
 */
export function* joinedWith(stage: Stages['join'], rows: Pipeline, context: Context): Lowering<Pipeline> {
  const other = yield* context.lower(stage.search)
  if (stage.pairs.length > 0) {
    const [left, right] = ['left', 'right'].map(side => optionOf(stage.options, side) ?? '')
    return matched(stage, prefixed(rows, left ?? ''), prefixed(other, right ?? ''), {
      context,
      pairs: stage.pairs,
    })
  }
  const keys = stage.fields.length > 0 ? stage.fields : common(rows, other, stage)
  return matched(stage, rows, other, { context, pairs: keys.map(key => ({ left: key, right: key })) })
}

/** All fields with the name of their side before theirs. */
function prefixed(rows: Pipeline, side: string): Pipeline {
  return select(
    rows,
    shown(rows).map(({ name, value }) => ({ name: `${side}.${name}`, value })),
  )
}

interface Matching {
  readonly context: Context
  readonly pairs: Stages['join']['pairs']
}

function matched(
  { options }: Stages['join'],
  rows: Pipeline,
  other: Pipeline,
  { context, pairs }: Matching,
): Pipeline {
  const mark = freshMark(rows, 'join')
  const most = numberOf(options, 'max', 1)
  const values = pairs.map(({ right }) => as('text', fieldOf(other, right, context)))
  const complete = filter(other, both(...values.map(value => not(isNull(value)))))
  const ranked = window(complete, [
    { name: '$rank', fn: 'row_number', partitionBy: values, orderBy: complete.order, type: 'number' },
  ])
  const few = most === 0 ? ranked : filter(ranked, compare('lte', column('$rank', 'number'), number(most)))
  const hiddenKeys = values.map((value, at): Named => ({ name: `${mark}key${at}`, value }))
  const others = visible(other).filter(
    ({ name }) => !pairs.some(({ left, right }) => left === right && left.name === name),
  )
  const right: Relation = {
    op: 'select',
    from: few.relation,
    columns: [
      ...hiddenKeys,
      { name: `${mark}match`, value: column('$rank', 'number') },
      ...others.map(({ name, type }, at) => ({ name: `${mark}other${at}`, value: column(name, type) })),
    ],
  }
  const on = both(
    ...pairs.map(({ left: key }, at) =>
      compare('eq', as('text', fieldOf(rows, key, context)), column(`${mark}key${at}`, 'text'), {
        how: 'text',
      }),
    ),
  )
  const how = (optionOf(options, 'type') ?? 'inner').toLowerCase() === 'inner' ? 'inner' : 'left'
  const order =
    most === 1
      ? rows.order
      : [...numbered(rows).order, { value: column(`${mark}match`, 'number'), descending: false }]
  const left = most === 1 ? rows.relation : numbered(rows).relation
  const joined: Pipeline = { relation: { op: 'join', how, left, right, on }, order }
  const named = others.map(({ name, type }, at) => ({ name, value: column(`${mark}other${at}`, type) }))
  return select(joined, merged(rows, named, isOn(options, 'overwrite', true)))
}

function common(rows: Pipeline, other: Pipeline, { at }: Stages['join']): readonly Name[] {
  const names = visible(rows).filter(
    ({ name }) => columnNamed(other, name) !== undefined && !name.startsWith('_'),
  )
  if (names.length === 0) refuse('spl/join', 'the two searches have no field in common to join by', at)
  return names.map(({ name }) => ({ name, at }))
}

/** The columns of the rows with those of others over them, or under them. */
function merged(rows: Pipeline, others: readonly Named[], overwrite: boolean): readonly Named[] {
  const columns = new Map<string, Scalar>(shown(rows).map(({ name, value }) => [name, value]))
  for (const { name, value } of others) {
    const before = columns.get(name)
    const [first, second] = overwrite ? [value, before] : [before ?? value, value]
    columns.set(name, second === undefined ? first : chosen([[not(isNull(first)), first]], second))
  }
  return [...columns].map(([name, value]) => ({ name, value }))
}

/** What `appendcols` does: the first row beside the first, and so on. */
export function beside(rows: Pipeline, other: Pipeline, override: boolean): Pipeline {
  const mark = freshMark(rows, 'beside')
  const [leftName, rightName] = [`${mark}left`, `${mark}right`]
  const place = (of: Pipeline, name: string): Pipeline =>
    window(of, [{ name, fn: 'row_number', partitionBy: [], orderBy: of.order, type: 'number' }])
  const left = place(rows, leftName)
  const others = visible(other)
  const placed = place(other, rightName)
  const right: Relation = {
    op: 'select',
    from: placed.relation,
    columns: [
      { name: rightName, value: column(rightName, 'number') },
      ...others.map(({ name, type }, at) => ({ name: `${mark}other${at}`, value: column(name, type) })),
    ],
  }
  const on = compare('eq', column(leftName, 'number'), column(rightName, 'number'), { how: 'number' })
  const joined: Relation = { op: 'join', how: 'full', left: left.relation, right, on }
  const order = chosen(
    [[not(isNull(column(leftName, 'number'))), column(leftName, 'number')]],
    column(rightName, 'number'),
  )
  const named = others.map(({ name, type }, at) => ({ name, value: column(`${mark}other${at}`, type) }))
  const columns = merged(rows, named, override)
  return select({ relation: joined, order: [{ value: order, descending: false }] }, columns)
}
