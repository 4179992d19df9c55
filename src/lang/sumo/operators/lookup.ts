import type { Lowering } from '../../../plan/lowering.ts'
import { nothing } from '../../../plan/scalars.ts'
import type { Cursor } from '../cursor.ts'
import { operand } from '../expression.ts'
import { assign, type Context, type Flow } from '../lower/flow.ts'
import { geoFields } from '../lower/geo.ts'
import { lookedUp } from '../lower/looked-up.ts'
import { lookupNamed } from '../lower/lookup-named.ts'
import { refuse } from '../lower/refuse.ts'
import { scalar } from '../lower/value-of.ts'
import { printAlias, printExpr, printName, printText } from '../print-parts.ts'
import type { Expr, Name, Stage, Text } from '../syntax.ts'
import type { Operator } from './operator.ts'

interface Pair {
  readonly left: Expr
  readonly right: Expr
}

/** `lookup a, b as c from path://"/shared/users" on user=name`: columns of a table, null where it has no such row. */
export const lookup: Operator<'lookup'> = {
  names: ['lookup'],
  parse: (cursor, at) => {
    const columns = cursor.symbol('*') ? [] : selected(cursor)
    cursor.expectWord('from')
    const from = location(cursor)
    cursor.expectWord('on')
    const on = [pair(cursor)]
    while (cursor.symbol(',') || cursor.word('and')) on.push(pair(cursor))
    return { op: 'lookup', at, columns, from, on }
  },
  print: ({ columns, from, on }, pipeline) => {
    const listed = columns.map(({ name, as }) => printName(name) + printAlias(as)).join(', ') || '*'
    const pairs = on.map(({ left, right }) => `${printExpr(left, pipeline)}=${printExpr(right, pipeline)}`)
    const simple = /^\w+:\/\/[\w/.-]+$/.test(from.raw)
    return `lookup ${listed} from ${simple ? from.raw : printText(from)} on ${pairs.join(', ')}`
  },
  lower,
}

function selected(cursor: Cursor): readonly { readonly name: Name; readonly as?: Name }[] {
  const columns = [{ name: cursor.name(), ...cursor.alias() }]
  while (cursor.symbol(',')) columns.push({ name: cursor.name(), ...cursor.alias() })
  return columns
}

/** `path://"/shared/users"`, `geo://location`, `https://example.com/table.csv`, or any of them between quotes. */
function location(cursor: Cursor): Text {
  if (cursor.peek().kind === 'text') return cursor.text()
  const { start } = cursor.peek()
  let raw = ''
  let { end } = cursor.peek()
  while (!cursor.atEnd && (raw === '' || cursor.peek().start === end)) {
    const token = cursor.next()
    raw += token.text
    end = token.end
  }
  if (raw === '') cursor.unexpected('a table such as path://"/shared/users"')
  return { raw, at: cursor.span(start) }
}

/** `field=column`. */
function pair(cursor: Cursor): Pair {
  const left = operand(cursor)
  cursor.expectSymbol('=')
  return { left, right: operand(cursor) }
}

function* lower({ columns, from, on, at }: Stage<'lookup'>, flow: Flow, context: Context): Lowering<Flow> {
  const wanted = columns.map(({ name, as }) => ({
    column: name.name,
    name: as?.name ?? name.name,
    at: name.at,
  }))
  if (/^"?(?:geo|asn):\/\//i.test(from.raw)) {
    const [first] = on
    if (first === undefined) return refuse('lookup', 'an address is missing', at)
    const { field } = parted(first, name => name.toLowerCase() === 'ip')
    return yield* geoFields(flow, context, { address: scalar(field, { flow, context }), wanted, at })
  }
  const table = lookupNamed(from, context)
  if (table === undefined) {
    return assign(
      flow,
      wanted.map(({ name }) => ({ name, value: nothing('text') })),
    )
  }
  const has = (name: string) => table.columns.some(each => each.name.toLowerCase() === name.toLowerCase())
  const keys = on.map(each => {
    const { field, column } = parted(each, has)
    return { value: scalar(field, { flow, context }), column }
  })
  return lookedUp(flow, table, { keys, wanted })
}

/** Which side is the column: the right one, unless only the left one can be. */
function parted({ left, right }: Pair, isColumn: (name: string) => boolean): { field: Expr; column: Name } {
  if (left.kind === 'field' && isColumn(left.name)) {
    if (right.kind !== 'field' || !isColumn(right.name)) return { field: right, column: left }
  }
  if (right.kind === 'field') return { field: left, column: right }
  return refuse('lookup', 'a column of the table must stand here', right.at)
}
