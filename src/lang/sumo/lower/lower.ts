import type { Environment, Lowering } from '../../../plan/lowering.ts'
import { extend, filter, group, type Pipeline as Rows } from '../../../plan/pipeline.ts'
import {
  call,
  coalesce,
  column,
  compare,
  either,
  isNull,
  known,
  nothing,
  number,
} from '../../../plan/scalars.ts'
import { readMoment } from '../moments.ts'
import { OPERATORS } from '../operators/index.ts'
import { reaches } from '../reach.ts'
import { asksForStart } from '../start-time.ts'
import type { Pipeline, Stage, StageKind } from '../syntax.ts'
import { finished } from './finish.ts'
import { type Context, type Flow, find, flowOf, withRows } from './flow.ts'
import { scopeTest } from './scope-of.ts'
import { numberOf } from './values.ts'

/** What a query gives over the events of an environment. */
export function* lowerQuery(query: Pipeline, environment: Environment, strict: boolean): Lowering<Rows> {
  const from = environment.earliest === undefined ? undefined : environment.earliest * 1000
  const start = asksForStart(query) ? (from ?? (yield* firstTime(environment))) : undefined
  const place = {
    environment,
    strict,
    ...(start === undefined ? {} : { start }),
    ...(from !== undefined && reaches(query) ? { from } : {}),
  }
  return finished(yield* through(query, undefined, place))
}

function* firstTime(environment: Environment): Lowering<number | undefined> {
  const { rows } = messages({ environment, strict: false }, {})
  const first = { name: 'first', fn: 'min', of: column('_messageTime', 'number'), type: 'number' } as const
  const answer = yield { relation: group(rows, [], [first]).relation, limit: 1, why: 'the first message' }
  const time = answer.rows[0]?.['first']
  return typeof time === 'number' ? time : undefined
}

interface Place {
  readonly environment: Environment
  readonly strict: boolean
  readonly start?: number
  /** When the searched time begins, in ms, if there are events from before. */
  readonly from?: number
  /** How much earlier the events are, in ms. */
  readonly shift?: number
}

/** A pipeline from its scope, or from a flow, to the stage before `end`. */
function* through(pipeline: Pipeline, from: Flow | undefined, place: Place, end?: number): Lowering<Flow> {
  const { environment, strict, shift = 0 } = place
  const { scope, stages, range = {} } = pipeline
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
  let flow = within(from ?? messages(place, range), range, environment.now * 1000)
  if (scope !== undefined) {
    const test = yield* scopeTest(scope, flow, context(0))
    flow = withRows(flow, filter(flow.rows, test))
  }
  for (const [index, stage] of stages.slice(0, end).entries()) {
    flow = yield* lowerStage(stage, flow, context(index))
  }
  return flow
}

type Range = NonNullable<Pipeline['range']>

/** The messages in the range of time of a subquery. */
function within(flow: Flow, range: Range, now: number): Flow {
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

/**
 * The events as messages, with `_messageTime` in ms; those of an earlier time as if they were of now. What came before
 * the searched time is left out, unless the range of a subquery says from when on its messages are.
 */
function messages({ environment: { events, now }, from, shift = 0 }: Place, range: Range): Flow {
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
    ['_receipttime', [...(timed.names.get('_receipttime') ?? []), '_messageTime']],
  ])
  const moment = column('_messageTime', 'number')
  const until = shift === 0 ? [] : [known(compare('lt', moment, number(now * 1000)))]
  const since =
    from === undefined || range.from !== undefined
      ? []
      : [either(isNull(moment), known(compare('gte', moment, number(from))))]
  return [...until, ...since].reduce<Flow>((flow, test) => withRows(flow, filter(flow.rows, test)), {
    ...timed,
    names,
  })
}
