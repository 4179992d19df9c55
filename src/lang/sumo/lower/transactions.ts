import { filter, group, select, window } from '../../../plan/pipeline.ts'
import type { Aggregate, Named } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { both, call, column, compare, isNull, known, not, number, text } from '../../../plan/scalars.ts'
import type { Stage } from '../syntax.ts'
import { aggregatesOf, listed } from './aggregate-of.ts'
import { type Flow, flowOf } from './flow.ts'
import { stepOf } from './steps.ts'
import { nameOf, STATE, TIME } from './transaction-states.ts'
import type { Scene } from './value-of.ts'

/** One row a transaction: when it began and ended, how many messages are in each state, and what else is shown. */
export function byTransaction(stage: Stage<'transaction'>, keys: readonly Named[], scene: Scene): Flow {
  const counts = stage.states.map((state): Aggregate => {
    const name = nameOf(state)
    return { name, fn: 'count_rows', where: isIn(name), type: 'number' }
  })
  const more = shown(stage, scene)
  const rows = listed(group(scene.flow.rows, keys, [...TIMES, ...counts, ...more]), more)
  const { fringe } = stage
  if (fringe === undefined) return flowOf(rows, false)
  const { context } = scene
  const until = context.environment.now * 1000
  const edge = stepOf(fringe, context)
  const late = compare('lte', column('_start_time', 'number'), number(until - edge))
  const early = compare('gte', column('_end_time', 'number'), number((context.start ?? until) + edge))
  return flowOf(filter(rows, known(both(late, early))), false)
}

/** One row for each state of a transaction. */
export function byStates(stage: Stage<'transaction'>, keys: readonly Named[], scene: Scene): Flow {
  const by = [...keys, { name: '_state', value: column(STATE, 'text') }]
  const count = { name: '_count', fn: 'count_rows', type: 'number' } as const
  const more = shown(stage, scene)
  return flowOf(listed(group(scene.flow.rows, by, [count, ...TIMES, ...more]), more), false)
}

const TIMES: readonly Aggregate[] = [
  { name: '_start_time', fn: 'min', of: column(TIME, 'number'), type: 'number' },
  { name: '_end_time', fn: 'max', of: column(TIME, 'number'), type: 'number' },
]

function shown(stage: Stage<'transaction'>, scene: Scene): readonly Aggregate[] {
  return stage.showing.flatMap(({ call: each, of }) =>
    aggregatesOf(each, stage, scene).map(aggregate =>
      of === undefined ? aggregate : { ...aggregate, where: isIn(of.name) },
    ),
  )
}

function isIn(state: string): Scalar {
  return known(compare('eq', column(STATE, 'text'), text(state), { how: 'text' }))
}

const FROM = '$from'
const SINCE = '$since'

/** One row for each step from one state to the next of a transaction, with its `latency` in ms. */
export function transitions(flow: Flow, keys: readonly Named[]): Flow {
  const partitionBy = keys.map(({ value }) => value)
  const orderBy = [{ value: column(TIME, 'number'), descending: false }, ...flow.rows.order]
  const lag = (name: string, of: Scalar) =>
    ({ name, fn: 'lag', of, by: 1, partitionBy, orderBy, type: of.type }) as const
  const followed = window(flow.rows, [lag(FROM, column(STATE, 'text')), lag(SINCE, column(TIME, 'number'))])
  const steps = filter(followed, not(isNull(column(FROM, 'text'))))
  const rows = select(steps, [
    ...keys,
    { name: 'fromstate', value: column(FROM, 'text') },
    { name: 'tostate', value: column(STATE, 'text') },
    { name: 'latency', value: call('subtract', column(TIME, 'number'), column(SINCE, 'number')) },
  ])
  const order = ['fromstate', 'tostate'].map(name => ({ value: column(name, 'text'), descending: false }))
  return flowOf({ ...rows, order: [...order, ...rows.order] }, false)
}
