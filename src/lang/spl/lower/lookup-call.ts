import type { Lowering } from '../../../plan/lowering.ts'
import { extend, type Pipeline } from '../../../plan/pipeline.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { as, call, compare, either, isNull, known, not, number, text } from '../../../plan/scalars.ts'
import type { Expression, Name } from '../syntax/tree.ts'
import { type Context, maybe, refuse } from './context.ts'
import { lowerExpression } from './expression.ts'
import { chosen } from './functions/conditions.ts'
import { HOISTED_VALUE } from './hoisted-names.ts'
import { lookedUp } from './lookups.ts'

type Call = Extract<Expression, { kind: 'call' }>

/** What `lookup(table, json_object(column, value, …), json_array(column, …))` gives: the columns of the row it meets, as JSON. */
export function* lookupCalled({ args, at }: Call, rows: Pipeline, context: Context): Lowering<Pipeline> {
  const [table, keys, outputs] = args
  const help = 'it is written lookup("table", json_object("column", field), json_array("column"))'
  if (table?.kind !== 'string' || !isCall(keys, 'json_object') || !isCall(outputs, 'json_array'))
    return refuse('spl/arguments', 'lookup() takes a table, keys and columns', at, help)
  const name = (of: Expression | undefined): Name => {
    return of?.kind === 'string'
      ? { name: of.value, at: of.at }
      : refuse('spl/arguments', 'a column is named by a text', at, help)
  }
  const pairs = Array.from({ length: Math.ceil(keys.args.length / 2) }, (_, pair) => {
    const value = keys.args[pair * 2 + 1] ?? refuse('spl/arguments', 'a column has no value', at, help)
    return { column: name(keys.args[pair * 2]), value: lowerExpression(value, rows, context) }
  })
  const columns = outputs.args.map(name)
  const ready = extend(
    rows,
    pairs.map(({ value }, place) => ({ name: `$looked${place}`, value })),
  )
  const stage = {
    kind: 'lookup',
    at,
    options: [],
    table: { name: table.value, at: table.at },
    how: 'OUTPUT',
    keys: pairs.map(({ column }, place) => ({ column, field: { name: `$looked${place}`, at } })),
    outputs: columns.map((column, place) => ({ column, field: { name: `$met${place}`, at } })),
  } as const
  const found = yield* lookedUp(stage, ready, context)
  return extend(found, [{ name: HOISTED_VALUE, value: asObject(columns, found) }])
}

function isCall(of: Expression | undefined, name: string): of is Call {
  return of?.kind === 'call' && of.name === name
}

/** The columns that have a value; null without any. */
function asObject(columns: readonly Name[], rows: Pipeline): Scalar {
  const values = columns.map((_, place) => maybe(rows, `$met${place}`))
  const parts = columns.map(({ name }, place) => {
    const pair = call('concat', text(`,${JSON.stringify(name)}:`), written(values[place] ?? text(null)))
    return chosen([[not(isNull(values[place] ?? text(null))), pair]], text(''))
  })
  const inside = call('substring', call('concat', text(''), ...parts), number(2), number(1e9))
  const any = known(either(...values.map(value => not(isNull(value)))))
  return chosen([[any, call('concat', text('{'), inside, text('}'))]])
}

/** One value is itself, several are a list. */
function written(value: Scalar): Scalar {
  if (value.type !== 'list') return call('json_quoted', as('text', value))
  const only = call('json_quoted', call('list_at', value, number(0)))
  return chosen(
    [[known(compare('eq', call('list_length', value), number(1))), only]],
    call('json_of_list', value),
  )
}
