import type { Lowering } from '../../../plan/lowering.ts'
import { columnsOf } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { both, call, column, compare, either, isNull, known, number } from '../../../plan/scalars.ts'
import type { Cursor } from '../cursor.ts'
import { expression } from '../expression.ts'
import { type Context, type Flow, fieldNames, find, flowOf } from '../lower/flow.ts'
import { refuse } from '../lower/refuse.ts'
import { stepOf } from '../lower/steps.ts'
import { test } from '../lower/value-of.ts'
import { numberOf } from '../lower/values.ts'
import { bare } from '../pieces.ts'
import { printExpr, printName } from '../print-parts.ts'
import type { Joined, Stage } from '../syntax.ts'
import type { Operator } from './operator.ts'

/** `join (…) as a, (…) as b on a.x = b.y [timewindow 30m]`: the messages go through both, rows that agree are joined. */
export const join: Operator<'join'> = {
  names: ['join'],
  parse: (cursor, at) => {
    const tables = [table(cursor)]
    while (cursor.symbol(',')) tables.push(table(cursor))
    cursor.expectWord('on')
    const on = expression(cursor)
    const within = cursor.word('timewindow', 'within')
      ? { within: bare(cursor, 'a length of time such as 30m') }
      : {}
    return { op: 'join', at, tables, on, ...within }
  },
  print: ({ tables, on, within }, pipeline) => {
    const listed = tables.map(({ pipeline: inner, as }) => `(${pipeline(inner)}) as ${printName(as)}`)
    return `join ${listed.join(', ')} on ${printExpr(on, pipeline)}${within === undefined ? '' : ` timewindow ${within.raw}`}`
  },
  lower,
}

function table(cursor: Cursor): Joined {
  const pipeline = cursor.reading.pipeline(cursor.group(), cursor.depth + 1, 'either')
  cursor.expectWord('as')
  return { pipeline, as: cursor.name() }
}

function* lower({ tables, on, within, at }: Stage<'join'>, flow: Flow, context: Context): Lowering<Flow> {
  let result: Flow | undefined
  const times: Scalar[] = []
  for (const { pipeline, as } of tables) {
    const side = prefixed(yield* context.lower(pipeline, flow), as.name)
    const time = find(side, `${as.name}__messagetime`)
    if (time !== undefined) times.push(numberOf(time))
    result = result === undefined ? side : beside(result, side)
  }
  if (result === undefined || tables.length < 2)
    return refuse('join', 'two pipelines are needed for a join', at)
  const close = within === undefined ? [] : inTime(times, stepOf(within, context))
  return agreeing(result, both(test(on, { flow: result, context }), ...close), times)
}

/** The fields of one side under `table_field`; what Sumo Logic itself says of its messages is out of sight. */
function prefixed(flow: Flow, table: string): Flow {
  const slice = (flow.slice?.name ?? '_timeslice').toLowerCase()
  const columns = fieldNames(flow).flatMap(name => {
    const value = find(flow, name)
    if (value === undefined || name === '_raw') return []
    const internal = flow.messages && name.startsWith('_') && name.toLowerCase() !== slice
    return [{ name: `${internal ? '$' : ''}${table}_${name}`, value }]
  })
  const side = flowOf({ relation: { op: 'select', from: flow.rows.relation, columns }, order: [] }, false)
  const hidden = columns.filter(({ name }) => name.startsWith('$'))
  return {
    ...side,
    names: new Map([
      ...side.names,
      ...hidden.map(({ name }) => [name.slice(1).toLowerCase(), [name]] as const),
    ]),
  }
}

/** Every row of one side with every one of the other, until `agreeing` says which. */
function beside(left: Flow, right: Flow): Flow {
  const relation = {
    op: 'join',
    how: 'inner',
    left: left.rows.relation,
    right: right.rows.relation,
    on: { kind: 'literal', value: true, type: 'boolean' },
  } as const
  const names = new Map([...left.names, ...right.names])
  return { ...flowOf({ relation, order: [] }, false), names }
}

/** In the order of the messages of the first side, then of the others. */
function agreeing(flow: Flow, where: Scalar, times: readonly Scalar[]): Flow {
  const { relation } = flow.rows
  const joined = relation.op === 'join' ? { ...relation, on: where } : relation
  const first = columnsOf(joined).find(({ name }) => !name.startsWith('$'))
  const last = first === undefined ? [] : [column(first.name, first.type)]
  const order = [...times, ...last].map(value => ({ value, descending: false }))
  return { ...flow, rows: { relation: joined, order } }
}

/** Rows without a time may be as close as any. */
function inTime(times: readonly Scalar[], most: number): readonly Scalar[] {
  const [first, ...others] = times
  if (first === undefined) return []
  return others.map(each => {
    const apart = compare('lte', call('absolute', call('subtract', each, first)), number(most))
    return either(isNull(each), isNull(first), known(apart))
  })
}
