import type { Span } from '../../../core/diagnostic.ts'
import { filter, group, select } from '../../../plan/pipeline.ts'
import { type Aggregate, columnsOf, type Named, type SortKey } from '../../../plan/relation.ts'
import { column, compare, number } from '../../../plan/scalars.ts'
import { aggregateNames, isAggregate } from '../aggregates.ts'
import type { Cursor } from '../cursor.ts'
import { operand } from '../expression.ts'
import { aggregatesOf, listed } from '../lower/aggregate-of.ts'
import { type Context, type Flow, flowOf } from '../lower/flow.ts'
import { refuse } from '../lower/refuse.ts'
import { scalar } from '../lower/value-of.ts'
import { printAlias, printExpr } from '../print-parts.ts'
import type { AggregateCall, Expr, Stage } from '../syntax.ts'
import type { Operator } from './operator.ts'

/** `count by a, b`, `count as n, sum(x) as total by a`: one row a group. */
export const aggregate: Operator<'aggregate'> = {
  names: aggregateNames,
  parse: (cursor, at, name) => {
    if (name === 'count_frequent') return frequent(cursor, at)
    const { start } = cursor.peek()
    const first = call(cursor, name)
    if (isOfRow(first)) return ofRow(first, at, cursor.span(start))
    const calls = [first]
    while (cursor.isSymbol(',') && isAggregate(cursor.peekSecond().text)) {
      cursor.next()
      calls.push(call(cursor, cursor.next().text.toLowerCase()))
    }
    const by = groups(cursor)
    const { as } = calls.length === 1 && first.as === undefined ? cursor.alias() : {}
    return { op: 'aggregate', at, calls: as === undefined ? calls : [{ ...first, as }], by }
  },
  print: ({ calls, by }, pipeline) => {
    const told = calls.map(({ fn, args, as }) => {
      const list = args.map(arg => printExpr(arg, pipeline)).join(', ')
      return `${fn}${args.length === 0 ? '' : `(${list})`}${printAlias(as)}`
    })
    const grouped = by.map(key => printExpr(key, pipeline)).join(', ')
    return told.join(', ') + (by.length === 0 ? '' : ` by ${grouped}`)
  },
  lower,
}

/** `max(a, b) as c` compares two values of each row. */
function isOfRow({ fn, args }: AggregateCall): boolean {
  return args.length === 2 && (fn === 'min' || fn === 'max')
}

function ofRow({ fn, args, as }: AggregateCall, at: Span, place: Span): Stage<'expression'> {
  const value = { kind: 'call', name: fn, args, at: place } as const
  return { op: 'expression', at, value, ...(as === undefined ? {} : { as }) }
}

/** `count_frequent a, b`, also in parentheses: what it counts is what it groups by. */
function frequent(cursor: Cursor, at: Span): Stage<'aggregate'> {
  const of = args(cursor)
  const as = cursor.alias()
  return {
    op: 'aggregate',
    at,
    calls: [{ fn: 'count_frequent', args: [], ...as }],
    by: [...of, ...groups(cursor)],
  }
}

function call(cursor: Cursor, fn: string): AggregateCall {
  return { fn, args: args(cursor), ...cursor.alias() }
}

function args(cursor: Cursor): readonly Expr[] {
  if (!cursor.symbol('(')) return []
  const list: Expr[] = []
  if (cursor.isSymbol('*')) cursor.next()
  while (!cursor.isSymbol(')') && !cursor.atEnd) {
    list.push(operand(cursor))
    if (!cursor.symbol(',')) break
  }
  cursor.expectSymbol(')')
  return list
}

/** `by a, b`, `group by a, b`, `group a, b`, and only `a, b` as in `count a, b`. */
function groups(cursor: Cursor): readonly Expr[] {
  cursor.word('group')
  cursor.word('by')
  if (cursor.atEnd) return []
  const keys = [operand(cursor)]
  while (cursor.symbol(',') && !cursor.atEnd) keys.push(operand(cursor))
  return keys
}

function lower(stage: Stage<'aggregate'>, flow: Flow, context: Context): Flow {
  const keys = stage.by.map(key => ({
    name: key.kind === 'field' ? key.name : printExpr(key, () => ''),
    value: scalar(key, { flow, context }),
  }))
  const by = [...new Map(keys.map(key => [key.name.toLowerCase(), key])).values()]
  const aggregates = stage.calls.flatMap(each => aggregatesOf(each, stage, { flow, context }))
  refuseTwice(stage, [...by, ...aggregates])
  const slice = flow.slice === undefined ? {} : { slice: flow.slice }
  if (by.length > 0) {
    const rows = listed(group(flow.rows, by, aggregates), aggregates)
    return {
      ...flowOf({ ...rows, order: [...busiest(aggregates, by, flow), ...rows.order] }, false),
      ...slice,
    }
  }
  // Without messages there is no row.
  const counted = group(flow.rows, [], [...aggregates, { name: ROWS, fn: 'count_rows', type: 'number' }])
  const some = filter(listed(counted, aggregates), compare('gt', column(ROWS, 'number'), number(0)))
  const shown = columnsOf(some.relation).filter(({ name }) => name !== ROWS)
  return flowOf(
    select(
      some,
      shown.map(({ name, type }) => ({ name, value: column(name, type) })),
    ),
    false,
  )
}

const ROWS = '$rows'

/** Without time slices the groups with the largest counts come first. */
function busiest(aggregates: readonly Aggregate[], by: readonly Named[], flow: Flow): readonly SortKey[] {
  const [first] = aggregates
  const time = (flow.slice?.name ?? '_timeslice').toLowerCase()
  if (first?.fn !== 'count_rows' || by.some(({ name }) => name.toLowerCase() === time)) return []
  return [{ value: column(first.name, 'number'), descending: true }]
}

function refuseTwice({ at }: Stage<'aggregate'>, columns: readonly { readonly name: string }[]): void {
  const names = columns.map(({ name }) => name)
  const twice = names.find((name, place) => names.indexOf(name) !== place)
  if (twice === undefined) return
  refuse('same-name', `two values would be called "${twice}"`, at, 'give them names with "as"')
}
