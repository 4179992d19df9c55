import type { Environment, Lowering } from '../../../plan/lowering.ts'
import { extend, filter, group, type Pipeline as Rows } from '../../../plan/pipeline.ts'
import { call, coalesce, column, compare, known, nothing, number } from '../../../plan/scalars.ts'
import { readMoment } from '../moments.ts'
import { OPERATORS } from '../operators/index.ts'
import { asksForStart } from '../start-time.ts'
import type { Pipeline, Stage, StageKind } from '../syntax.ts'
import { finished } from './finish.ts'
import { type Context, type Flow, find, flowOf, withRows } from './flow.ts'
import { scopeTest } from './scope-of.ts'
import { numberOf } from './values.ts'

/** What a query gives over the events of an environment. */
export function* lowerQuery(query: Pipeline, environment: Environment, strict: boolean): Lowering<Rows> {
  const start = asksForStart(query) ? yield* firstTime(environment) : undefined
  const place = { environment, strict, ...(start === undefined ? {} : { start }) }
  return finished(yield* through(query, undefined, place))
}

function* firstTime(environment: Environment): Lowering<number | undefined> {
  const { rows } = messages(environment, 0)
  const first = { name: 'first', fn: 'min', of: column('_messageTime', 'number'), type: 'number' } as const
  const answer = yield { relation: group(rows, [], [first]).relation, limit: 1, why: 'the first message' }
  const time = answer.rows[0]?.['first']
  return typeof time === 'number' ? time : undefined
}

interface Place {
  readonly environment: Environment
  readonly strict: boolean
  readonly start?: number
  /** How much earlier the events are, in ms. */
  readonly shift?: number
}

/** A pipeline from its scope, or from a flow, to the stage before `end`. */
function* through(pipeline: Pipeline, from: Flow | undefined, place: Place, end?: number): Lowering<Flow> {
  const { environment, strict, shift = 0 } = place
  const context = (index: number): Context => ({
    environment,
    strict,
    ...(place.start === undefined ? {} : { start: place.start }),
    lower: (inner, flow) => through(inner, flow, place),
    earlier: (more, other) => {
      const then = { ...place, shift: shift + more }
      return other === undefined ? through(pipeline, from, then, index) : through(other, undefined, then)
    },
  })
  let flow = within(from ?? messages(environment, shift), pipeline, environment.now * 1000)
  if (pipeline.scope !== undefined) {
    const test = yield* scopeTest(pipeline.scope, flow, context(0))
    flow = withRows(flow, filter(flow.rows, test))
  }
  for (const [index, stage] of pipeline.stages.slice(0, end).entries()) {
    flow = yield* lowerStage(stage, flow, context(index))
  }
  return flow
}

/** The messages in the range of time of a subquery. */
function within(flow: Flow, { range = {} }: Pipeline, now: number): Flow {
  const time = column('_messageTime', 'number')
  const tests = [
    ['gte', range.from],
    ['lte', range.to],
  ] as const
  return tests.reduce((rows, [op, written]) => {
    const moment = written === undefined ? undefined : readMoment(written, now)
    return moment === undefined
      ? rows
      : withRows(rows, filter(rows.rows, known(compare(op, time, number(moment)))))
  }, flow)
}

const PARSING: readonly StageKind[] = ['parse', 'parse regex', 'parse xml']

function* lowerStage<Kind extends StageKind>(
  stage: Stage<Kind>,
  flow: Flow,
  context: Context,
): Lowering<Flow> {
  const result = OPERATORS[stage.op].lower(stage, flow, context)
  const after = Symbol.iterator in result ? yield* result : result
  if (PARSING.includes(stage.op) || after.parsed === undefined) return after
  const { parsed: _, ...rest } = after
  return rest
}

/** The events as messages, with `_messageTime` in ms; those of an earlier time as if they were of now. */
function messages({ events, now }: Environment, shift: number): Flow {
  const plain = flowOf(events, true)
  const seconds = find(plain, '_time')
  const given = find(plain, '_messageTime')
  const times = [
    ...(given === undefined ? [] : [numberOf(given)]),
    ...(seconds === undefined ? [] : [call('multiply', numberOf(seconds), number(1000))]),
  ]
  const [first, ...others] = times
  const time = first === undefined ? nothing('number') : coalesce(first, ...others)
  const value = shift === 0 ? time : call('add', time, number(shift))
  const rows = extend(events, [{ name: '_messageTime', value }])
  const timed = flowOf(rows, true)
  const names = new Map([
    ...timed.names,
    ['_messagetime', ['_messageTime']],
    ['_receipttime', ['_messageTime']],
  ])
  const flow = { ...timed, names }
  if (shift === 0) return flow
  const until = compare('lt', column('_messageTime', 'number'), number(now * 1000))
  return withRows(flow, filter(rows, known(until)))
}
