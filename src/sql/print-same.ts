import { never } from '../core/never.ts'
import type { Field, Leaf, SameHow } from '../plan/expr.ts'
import { type Condition, uncertain, unknown } from './condition.ts'
import type { Dialect } from './dialect.ts'
import { TOO_DEEP } from './event-dialect.ts'
import type { JsonPlace } from './event-table.ts'
import type { ExprOptions } from './expr-options.ts'
import { UNSETTLED } from './shared-meaning.ts'
import { quote, type Sql, sql } from './sql.ts'

/** Do the texts of two fields fit, of any value of the one and any of the other? */
export function printSame(leaf: Extract<Leaf, { readonly kind: 'same' }>, options: ExprOptions): Condition {
  const { dialect, cheap = false } = options
  const [left, right] = [textsOf(leaf.of, options), textsOf(leaf.other, options)]
  if (cheap || left === undefined || right === undefined) return unknown('the fields are in too many places')
  const { fold, some, where } = dialect.events
  const text = (one: Sql): Sql => (leaf.caseless ? fold(one) : one)
  const pair = fits(leaf.how, text(sql`a`), text(sql`b`), dialect)
  const found = some(sql`la`, sql`a`, some(sql`lb`, sql`b`, pair))
  const odd = (list: Sql): Sql => some(list, sql`a`, dialect.search(sql`a`, UNSETTLED))
  const unsettled = leaf.caseless ? sql` OR ${odd(sql`la`)} OR ${odd(sql`lb`)}` : sql``
  const answer = sql`CASE WHEN la IS NULL OR lb IS NULL${unsettled} THEN NULL ELSE ${found} END`
  return uncertain(where(sql`la`, left, where(sql`lb`, right, answer)))
}

/** The texts of a field's values that are no containers; null if they are not known. Undefined if it cannot be said. */
function textsOf(of: Field, { table, dialect }: ExprOptions): Sql | undefined {
  const place = table.place(of)
  const { listOf } = dialect.events
  switch (place.kind) {
    case 'nowhere':
      return listOf()
    case 'unknown':
      return undefined
    case 'json':
      return inJson(place, dialect)
    case 'column': {
      const elsewhere =
        place.other === undefined
          ? sql``
          : sql` WHEN ${place.other.when} THEN ${inJson(place.other.place, dialect)}`
      return sql`CASE WHEN ${place.text} IS NOT NULL THEN ${listOf(place.text)}${elsewhere} ELSE ${listOf()} END`
    }
  }
}

function inJson(place: JsonPlace, { events }: Dialect): Sql {
  const { includes, texts, values, where } = events
  const found = sql`CASE WHEN NOT ${includes(sql`vs`, quote(TOO_DEEP))} THEN ${texts(sql`vs`)} END`
  return where(sql`vs`, values(place), found)
}

function fits(how: SameHow, left: Sql, right: Sql, { events }: Dialect): Sql {
  switch (how) {
    case 'equals':
      return sql`(${left} = ${right})`
    case 'startswith':
      return events.startsWith(left, right)
    case 'endswith':
      return events.endsWith(left, right)
    case 'contains':
      return events.contains(left, right)
    default:
      return never(how)
  }
}
