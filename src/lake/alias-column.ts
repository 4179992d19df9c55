import type { Alias } from '../sources/aliases/alias.ts'
import { join, quote, type Sql, sql } from '../sql/sql.ts'
import { type LakeColumn, NO_LIST, NO_TEXT } from './lake-column.ts'
import { said } from './said.ts'

/** How a native field is read; undefined if no event has it. */
type ReadField = (field: string) => LakeColumn | undefined

/** What an alias says, as `aliasValue` has it of one event. */
export function aliasColumn(alias: Alias, read: ReadField): LakeColumn {
  const { or, otherwise } = alias
  const own = ownValue(alias, read)
  const ways = [
    own.value,
    ...(or === undefined ? [] : [aliasColumn(or, read).value]),
    ...(otherwise === undefined ? [] : [quote(otherwise)]),
  ]
  const [only] = ways
  return {
    value: ways.length === 1 && only !== undefined ? only : sql`coalesce(${join(ways, ', ')})`,
    type: own.type,
  }
}

/** What the native fields say, where they are asked. */
function ownValue(alias: Alias, read: ReadField): LakeColumn {
  const { where, several } = alias
  const value = several === true ? each(alias, read) : said(alias, first(alias, read))
  const type = several === true ? 'list' : 'text'
  if (where === undefined) return { value, type }
  const asked = read(where.field)
  if (asked === undefined) return { value: type === 'list' ? NO_LIST : NO_TEXT, type }
  const values = join(where.values.map(quote), ', ')
  return { value: sql`CASE WHEN ${asked.value} IN (${values}) THEN ${value} END`, type }
}

/** The first of the fields that says something; of a list its first member. */
function first({ of, except = [] }: Alias, read: ReadField): Sql {
  const texts = of.flatMap(field => {
    const column = read(field)
    if (column === undefined) return []
    const text = column.type === 'list' ? sql`list_extract(${column.value}, 1)` : column.value
    return [['', 'null', ...except].reduce<Sql>((one, empty) => sql`nullif(${one}, ${quote(empty)})`, text)]
  })
  return texts.length === 0 ? NO_TEXT : sql`coalesce(${join(texts, ', ')})`
}

/** All that the fields say. */
function each({ of }: Alias, read: ReadField): Sql {
  const lists = of.flatMap(field => {
    const column = read(field)
    return column === undefined ? [] : [column.type === 'list' ? column.value : sql`[${column.value}]`]
  })
  if (lists.length === 0) return NO_LIST
  const all = sql`list_filter(list_concat(${join(lists, ', ')}), lambda x: x <> 'null')`
  return sql`CASE WHEN len(${all}) > 0 THEN ${all} END`
}
