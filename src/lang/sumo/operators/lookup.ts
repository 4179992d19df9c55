import type { Lowering } from '../../../plan/lowering.ts'
import { nothing } from '../../../plan/scalars.ts'
import type { Cursor } from '../cursor.ts'
import { operand } from '../expression.ts'
import { assign, type Context, type Flow } from '../lower/flow.ts'
import { geoFields } from '../lower/geo.ts'
import { lookedUp } from '../lower/looked-up.ts'
import { lookupNamed } from '../lower/lookup-named.ts'
import { type LookupPair, parted } from '../lower/lookup-pair.ts'
import { noteWithoutTime } from '../lower/message-time.ts'
import { refuse } from '../lower/refuse.ts'
import { scalar } from '../lower/value-of.ts'
import { printAlias, printExpr, printName, printText } from '../print-parts.ts'
import type { Stage } from '../syntax.ts'
import type { Name, Text } from '../syntax-parts.ts'
import type { Operator } from './operator.ts'

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

/** `field=column`, or a name that both have. */
function pair(cursor: Cursor): LookupPair {
  const left = operand(cursor)
  return { left, right: cursor.symbol('=') ? operand(cursor) : left }
}

/** What `lookup *` gives of an address. */
const PLACE = ['latitude', 'longitude', 'country_code', 'country_name', 'region', 'city', 'postal_code']
const NETWORK = ['asn', 'organization']

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
    const address = scalar(field, { flow, context })
    const all = /^"?asn:/i.test(from.raw) ? NETWORK : PLACE
    const listed = all.map(name => ({ column: name, name, at }))
    return yield* geoFields(flow, context, { address, wanted: wanted.length === 0 ? listed : wanted, at })
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
  noteWithoutTime(table, flow, context, at)
  return yield* lookedUp(flow, table, { keys, wanted })
}
