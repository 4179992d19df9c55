import { extend, type Pipeline, select, window } from '../../../plan/pipeline.ts'
import type { Aggregate, Relation } from '../../../plan/relation.ts'
import { as, both, call, column, compare, isNull, known, not, number } from '../../../plan/scalars.ts'
import { optionOf } from '../options.ts'
import type { Stages } from '../syntax/tree.ts'
import { type Context, fieldOf, freshMark, refuse, shown } from './context.ts'

/** What `concurrency` does: how many rows have begun and not ended when a row begins, itself included. */
export function overlapping(
  { options, at }: Stages['concurrency'],
  rows: Pipeline,
  context: Context,
): Pipeline {
  const duration = optionOf(options, 'duration')
  if (duration === undefined)
    return refuse('spl/arguments', 'the field of the duration is missing', at, 'it is written duration=field')
  const mark = freshMark(rows, 'span')
  const [place, from, to] = [`${mark}place`, `${mark}from`, `${mark}to`]
  const start = as('number', fieldOf(rows, { name: optionOf(options, 'start') ?? '_time', at }, context))
  const length = as('number', fieldOf(rows, { name: duration, at }, context))
  const numbered = window(rows, [
    { name: place, fn: 'row_number', partitionBy: [], orderBy: rows.order, type: 'number' },
  ])
  const spans = extend(numbered, [
    { name: from, value: start },
    { name: to, value: call('add', start, length) },
  ])
  const others: Relation = {
    op: 'select',
    from: { op: 'filter', from: spans.relation, where: known(not(isNull(column(to, 'number')))) },
    columns: ['from', 'to'].map(name => ({
      name: `${mark}other_${name}`,
      value: column(mark + name, 'number'),
    })),
  }
  const begun = column(from, 'number')
  const on = both(
    compare('lte', column(`${mark}other_from`, 'number'), begun),
    compare('gte', column(`${mark}other_to`, 'number'), begun),
  )
  const met: Relation = { op: 'join', how: 'inner', left: spans.relation, right: others, on }
  const count: Aggregate = { name: `${mark}count`, fn: 'count_rows', type: 'number' }
  const by = [{ name: `${mark}same`, value: column(place, 'number') }]
  const counts: Relation = { op: 'group', from: met, by, aggregates: [count] }
  const same = compare('eq', column(place, 'number'), column(`${mark}same`, 'number'))
  const relation: Relation = { op: 'join', how: 'left', left: spans.relation, right: counts, on: same }
  const name = optionOf(options, 'output') ?? 'concurrency'
  const kept = shown(rows).filter(one => one.name !== name)
  const none = isNull(column(count.name, 'number'))
  const value = {
    kind: 'choose',
    when: [{ if: none, then: number(0) }],
    otherwise: column(count.name, 'number'),
    type: 'number',
  } as const
  return select({ relation, order: spans.order }, [...kept, { name, value }])
}
