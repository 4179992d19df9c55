import type { Field } from '../plan/expr.ts'
import type { ValueLeaf } from '../plan/value-leaf.ts'
import { type Condition, certain, perhaps, uncertain, unknown } from './condition.ts'
import { TOO_DEEP } from './event-dialect.ts'
import { mayHold, mayHoldKey } from './event-pretest.ts'
import type { JsonPlace } from './event-table.ts'
import type { ExprOptions } from './expr-options.ts'
import { onJson, onText, unsaid } from './print-value-test.ts'
import { join, quote, type Sql, sql } from './sql.ts'

/** Is one of the tests true for one of the field's values? */
export function printValueTests(of: Field, tests: readonly ValueLeaf[], options: ExprOptions): Condition {
  const { dialect } = options
  const reason = tests.map(unsaid).find(one => one !== undefined)
  if (reason !== undefined) return unknown(reason)
  return printAsked(of, options, {
    none: false,
    text: column => onText(tests, column, dialect),
    value: value => onJson(tests, value, dialect),
    glance: json => mayHold(tests, json, dialect),
  })
}

/** Is the key there, whatever its value? */
export function printExists(of: Field, options: ExprOptions): Condition {
  return printAsked(of, options, {
    none: false,
    text: column => sql`(${column} IS NOT NULL)`,
    value: value => sql`(${value} IS NOT NULL)`,
  })
}

/** Is it missing, or is one of its values a JSON null? */
export function printNull(of: Field, options: ExprOptions): Condition {
  return printAsked(of, options, {
    none: true,
    text: column => sql`(${column} IS NULL)`,
    value: value => sql`(nullif(${value}, ${quote(TOO_DEEP)}) = 'null')`,
  })
}

/** What is asked of each value of a field. */
interface Asked {
  /** What it comes to if there is no value. */
  readonly none: boolean
  /** The answer for a text. */
  text(column: Sql): Sql
  /** The answer for a JSON value, which may be `TOO_DEEP`; null where it cannot be told. */
  value(json: Sql): Sql
  /** What must be true of the JSON text if it is true of something in it. */
  glance?(json: Sql): Sql | undefined
}

function printAsked(of: Field, options: ExprOptions, asked: Asked): Condition {
  const place = options.table.place(of)
  const none = asked.none ? sql`TRUE` : sql`FALSE`
  switch (place.kind) {
    case 'nowhere':
      return certain(none)
    case 'unknown':
      return unknown(place.reason)
    case 'json':
      return options.cheap === true
        ? perhaps(glance(place, asked, options), asked.none)
        : uncertain(inJson(place, asked, options))
    case 'column': {
      const { text, other } = place
      const answer = asked.text(text)
      if (other === undefined) return certain(sql`coalesce(${answer}, ${none})`, answer)
      const elsewhere = inJson(other.place, asked, options)
      return uncertain(sql`CASE WHEN ${text} IS NOT NULL THEN coalesce(${answer}, FALSE)
        WHEN ${other.when} THEN ${elsewhere} ELSE ${none} END`)
    }
  }
}

function inJson(place: JsonPlace, asked: Asked, options: ExprOptions): Sql {
  const none = asked.none ? sql`TRUE` : sql`FALSE`
  const { someKnown, values } = options.dialect.events
  const found =
    options.cheap === true
      ? sql`CAST(NULL AS BOOLEAN)`
      : someKnown(values(place), sql`w`, asked.value(sql`w`), none)
  return sql`CASE WHEN ${glance(place, asked, options)} THEN ${found} ELSE ${none} END`
}

/** What is seen of the JSON text without looking into it leaves out most events. Never null. */
function glance(place: JsonPlace, asked: Asked, { dialect, cheap = false }: ExprOptions): Sql {
  const text = asked.glance?.(place.from)
  const key = cheap && text !== undefined ? undefined : mayHoldKey(place, dialect)
  const glances = [sql`${place.from} IS NOT NULL`, text, key].filter(one => one !== undefined)
  return sql`(${join(glances, ' AND ')})`
}
