import { ADDRESS_WITH_PORT, type Alias } from '../sources/aliases/alias.ts'
import { join, quote, type Sql, sql } from '../sql/sql.ts'

/** As `aliasValue` of an alias says a value that was found. */
export function said({ part, ...alias }: Alias, value: Sql): Sql {
  return worded(
    alias,
    part === undefined ? value : sql`nullif(regexp_extract(${value}, ${quote(part)}, 1), '')`,
  )
}

function worded({ values, only, patterns, last, address }: Alias, value: Sql): Sql {
  if (patterns !== undefined) return byPattern(value, patterns)
  if (values !== undefined) return mapped(value, values, only)
  const part = last === undefined ? value : sql`list_extract(string_split(${value}, ${quote(last)}), -1)`
  if (address !== true) return part
  const pattern = quote(ADDRESS_WITH_PORT)
  const bare = sql`coalesce(nullif(regexp_extract(${part}, ${pattern}, 1), ''), nullif(regexp_extract(${part}, ${pattern}, 2), ''))`
  return sql`coalesce(${bare}, ${part})`
}

function byPattern(value: Sql, patterns: NonNullable<Alias['patterns']>): Sql {
  const branches = patterns.map(([pattern, says]) => {
    const like = pattern.replaceAll(/[\\%_]/g, '\\$&').replaceAll('*', '%')
    return sql`WHEN ${value} ILIKE ${quote(like)} ESCAPE '\\' THEN ${quote(says)}`
  })
  return sql`CASE ${join(branches, ' ')} END`
}

function mapped(value: Sql, values: NonNullable<Alias['values']>, only?: true): Sql {
  const { '*': other, ...named } = values
  const branches = Object.entries(named).map(([from, to]) => sql`WHEN ${quote(from)} THEN ${quote(to)}`)
  const same = only === true ? sql`NULL` : value
  const rest = other === undefined ? same : sql`CASE WHEN ${value} IS NOT NULL THEN ${quote(other)} END`
  return branches.length === 0 ? rest : sql`CASE ${value} ${join(branches, ' ')} ELSE ${rest} END`
}
