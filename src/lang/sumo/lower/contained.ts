import { ROW_FROM, ROW_UNTIL } from '../../../plan/lookup-match.ts'
import type { Lowering } from '../../../plan/lowering.ts'
import { group } from '../../../plan/pipeline.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import {
  both,
  call,
  column,
  compare,
  either,
  known,
  nothing,
  number,
  text,
  truth,
} from '../../../plan/scalars.ts'
import type { Expr } from '../syntax.ts'
import type { Context, Flow } from './flow.ts'
import { joinedText } from './joined-text.ts'
import { lookupNamed } from './lookup-named.ts'
import { type LookupPair, parted } from './lookup-pair.ts'
import { messageTime, noteWithoutTime } from './message-time.ts'
import { refuse } from './refuse.ts'
import { scalar } from './value-of.ts'
import { textOf } from './values.ts'

/** Keys of a table that are looked at. */
const MOST = 20_000
/** The same of a table whose rows hold for a time. */
const MOST_DATED = 2000

/** `lookupContains(path, field=column …)`: has the table a row with these values, in any case, that holds when the message came? */
export function* contained(
  { args, at }: Extract<Expr, { kind: 'call' }>,
  flow: Flow,
  context: Context,
): Lowering<Scalar> {
  const [path, condition] = args
  if (path?.kind !== 'text' || condition === undefined) {
    return refuse('lookup', 'a table and a condition are needed', at)
  }
  const table = lookupNamed(path, context)
  if (table === undefined) return truth(false)
  const has = (name: string) => table.columns.some(each => each.name.toLowerCase() === name.toLowerCase())
  const pairs = pairsOf(condition).map(each => parted(each, has))
  const columns = pairs.map(({ column: { name, at: place } }) => {
    const found = table.columns.find(each => each.name.toLowerCase() === name.toLowerCase())
    if (found === undefined)
      refuse('unknown-column', `the lookup "${table.name}" has no column "${name}"`, place)
    return column(found?.name ?? name, found?.type ?? 'text')
  })
  noteWithoutTime(table, flow, context, at)
  table.met?.()
  const dated = table.expires === true
  const most = dated ? MOST_DATED : MOST
  const by = [{ name: 'key', value: keyOf(columns) }, ...(dated ? VALIDITY : [])]
  const asked = group({ relation: table.relation, order: [] }, by, [])
  const { rows, more } = yield { relation: asked.relation, limit: most, why: 'the keys of a lookup' }
  if (more)
    return refuse('lookup', `the lookup "${table.name}" has more than ${most} keys`, at, 'use "lookup"')
  if (rows.length === 0) return truth(false)
  const wanted = keyOf(pairs.map(({ field }) => scalar(field, { flow, context })))
  const keys = rows.map(({ key }) => text(String(key ?? '')))
  if (!dated) return known(call('list_contains', call('list_of', ...keys), wanted))
  const time = messageTime(flow) ?? nothing('number')
  const tests = rows.map(({ from, until }, at) =>
    both(
      compare('eq', wanted, keys[at] ?? text(''), { how: 'text' }),
      compare('gte', time, number(Number(from))),
      compare('lt', time, number(Number(until))),
    ),
  )
  return known(either(...tests))
}

/** When the rows of a table of approvals hold. */
const VALIDITY = [
  { name: 'from', value: column(ROW_FROM, 'number') },
  { name: 'until', value: column(ROW_UNTIL, 'number') },
]

function keyOf(values: readonly Scalar[]): Scalar {
  return call('lower', joinedText(values.map(textOf)))
}

/** The pairs that `and` joins. */
function pairsOf(condition: Expr): readonly LookupPair[] {
  if (condition.kind === 'and') return [...pairsOf(condition.left), ...pairsOf(condition.right)]
  if (condition.kind === 'compare' && condition.op === '=') return [condition]
  return refuse('lookup', 'only conditions such as field=column can stand here', condition.at)
}
