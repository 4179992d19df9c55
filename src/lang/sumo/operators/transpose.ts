import type { Lowering } from '../../../plan/lowering.ts'
import { group, select } from '../../../plan/pipeline.ts'
import type { Aggregate } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { call, coalesce, column, compare, known, text } from '../../../plan/scalars.ts'
import type { Cursor } from '../cursor.ts'
import { type Context, type Flow, fieldNames, fieldValue, find, flowOf } from '../lower/flow.ts'
import { refuse } from '../lower/refuse.ts'
import { textOf } from '../lower/values.ts'
import { printNames } from '../print-parts.ts'
import type { Stage } from '../syntax.ts'
import type { Name } from '../syntax-parts.ts'
import type { Operator } from './operator.ts'

/** `transpose row a column b [as c, d]`: one row for each a, one column for each b. */
export const transpose: Operator<'transpose'> = {
  names: ['transpose'],
  parse: (cursor, at) => {
    cursor.expectWord('row')
    const rows = cursor.names()
    cursor.expectWord('column')
    cursor.word('as')
    return { op: 'transpose', at, rows, columns: cursor.names(), ...given(cursor) }
  },
  print: ({ rows, columns, as, others }) => {
    const named = as === undefined ? '' : ` as ${printNames(as)}${others === true ? ', *' : ''}`
    return `transpose row ${printNames(rows)} column ${printNames(columns)}${named}`
  },
  lower,
}

/** `as a, b, *`: these columns, and with a star the others behind them. */
function given(cursor: Cursor): { readonly as?: readonly Name[]; readonly others?: boolean } {
  if (!cursor.word('as') || cursor.symbol('*')) return {}
  const bracket = cursor.symbol('[')
  const as = [cursor.name()]
  let others = false
  while (cursor.symbol(',') && !others) {
    others = cursor.symbol('*')
    if (!others) as.push(cursor.name())
  }
  if (bracket) cursor.expectSymbol(']')
  return { as, others }
}

/** Columns that there may be. */
const MOST = 1000

function* lower(
  { rows, columns, as, others = false, at }: Stage<'transpose'>,
  flow: Flow,
  context: Context,
): Lowering<Flow> {
  const keys = columns.map(({ name, at }) => textOf(fieldValue(flow, context, name, at)))
  const first = as?.map(({ name }) => name) ?? []
  const found = as === undefined || others ? yield* values(keys, flow, at) : []
  const labels = [...new Set([...first, ...found])]
  const used = new Set([...rows, ...columns].map(({ name }) => name.toLowerCase()))
  const shown = fieldNames(flow).filter(name => !used.has(name.toLowerCase()))
  const by = rows.map(({ name, at }) => ({ name, value: fieldValue(flow, context, name, at) }))
  const label = joined(keys)
  const cells = labels.flatMap(wanted =>
    shown.flatMap((name): readonly Aggregate[] => {
      const of = find(flow, name)
      if (of === undefined) return []
      const where = known(compare('eq', label, text(wanted), { how: 'text' }))
      const called = shown.length === 1 ? wanted : `${wanted}_${name}`
      return [{ name: unused(called, by), fn: 'first', of, where, orderBy: flow.rows.order, type: of.type }]
    }),
  )
  const slice = flow.slice === undefined ? {} : { slice: flow.slice }
  return { ...flowOf(group(flow.rows, by, cells), false), pivoted: true, ...slice }
}

/** The values that become columns, in their order. */
function* values(keys: readonly Scalar[], flow: Flow, at: Stage['at']): Lowering<readonly string[]> {
  const distinct = select(flow.rows, [{ name: 'label', value: joined(keys) }])
  const answer = yield {
    relation: group(distinct, [{ name: 'label', value: column('label', 'text') }], []).relation,
    limit: MOST,
    why: 'the columns of transpose',
  }
  if (answer.more)
    return refuse('columns', `there would be more than ${MOST} columns`, at, 'use "top" or "where" before')
  return answer.rows
    .map(row => String(row['label'] ?? ''))
    .filter(each => each !== '')
    .sort()
}

function joined(keys: readonly Scalar[]): Scalar {
  const [only] = keys
  if (keys.length === 1 && only !== undefined) return only
  return call(
    'concat',
    ...keys.flatMap((key, index) => [...(index === 0 ? [] : [text('_')]), coalesce(key, text(''))]),
  )
}

/** A column may be called as a row field is. */
function unused(name: string, by: readonly { readonly name: string }[]): string {
  return by.some(each => each.name === name) ? `${name}_` : name
}
