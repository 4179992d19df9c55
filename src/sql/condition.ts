import { join, type Sql, sql } from './sql.ts'

/** A condition on the rows of a table, about some of which it may not be known whether it is true. */
export interface Condition {
  /** Is it true, or not known? Never null. */
  readonly may: Sql
  /** Is it known to be true? Never null. */
  readonly must: Sql
  /** `may` for those who take null for false, which engines have shortcuts for. */
  readonly bare: Sql
  /** It is known for every row. */
  readonly sure: boolean
  /** Why parts of it are known for no row. */
  readonly reasons: readonly string[]
}

/** @param bare the same, but null where it may be false */
export function certain(text: Sql, bare = text): Condition {
  return { may: text, must: text, bare, sure: true, reasons: [] }
}

/** @param text null for rows for which it is not known */
export function uncertain(text: Sql): Condition {
  const may = sql`coalesce(${text}, TRUE)`
  return { may, must: sql`coalesce(${text}, FALSE)`, bare: may, sure: false, reasons: [] }
}

/** Not known for any row. */
export function unknown(...reasons: readonly string[]): Condition {
  return { may: sql`TRUE`, must: sql`FALSE`, bare: sql`TRUE`, sure: false, reasons }
}

/** Not known where `text`, which is never null, is true; elsewhere it is the other thing. */
export function perhaps(text: Sql, otherwise: boolean): Condition {
  const may = otherwise ? sql`TRUE` : text
  return { may, must: otherwise ? sql`(NOT ${text})` : sql`FALSE`, bare: may, sure: false, reasons: [] }
}

export function negated({ may, must, sure, reasons }: Condition): Condition {
  const not = sql`(NOT ${must})`
  return { may: not, must: sql`(NOT ${may})`, bare: not, sure, reasons }
}

export function all(parts: readonly Condition[]): Condition {
  return combined(parts, ' AND ', sql`TRUE`)
}

export function either(parts: readonly Condition[]): Condition {
  return combined(parts, ' OR ', sql`FALSE`)
}

function combined(parts: readonly Condition[], between: string, none: Sql): Condition {
  const [only] = parts
  if (only === undefined) return certain(none)
  if (parts.length === 1) return only
  const joined = (texts: readonly Sql[]): Sql => sql`(${join(texts, between)})`
  return {
    may: joined(parts.map(part => part.may)),
    must: joined(parts.map(part => part.must)),
    bare: joined(parts.map(part => part.bare)),
    sure: parts.every(part => part.sure),
    reasons: [...new Set(parts.flatMap(part => part.reasons))],
  }
}
