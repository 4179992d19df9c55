declare const brand: unique symbol

/** SQL text. Made here alone: of fixed text, of quoted values and names, and of other SQL. */
export type Sql = string & { readonly [brand]: 'sql' }

/** SQL from a template; whatever is put in must be SQL already. */
export function sql(parts: TemplateStringsArray, ...values: readonly Sql[]): Sql {
  return parts.reduce((text, part, at) => `${text}${values[at - 1] ?? ''}${part}`) as Sql
}

/** A text as a literal. A NUL, which no engine's literal can hold, becomes U+2400. */
export function quote(value: string): Sql {
  return `'${value.replaceAll('\u0000', '\u2400').replaceAll("'", "''")}'` as Sql
}

/** A number as a literal of type DOUBLE. */
export function numeral(value: number): Sql {
  if (!Number.isFinite(value)) return `CAST('${value}' AS DOUBLE)` as Sql
  return `CAST(${value} AS DOUBLE)` as Sql
}

/** A whole number as it is, for places, counts and limits. */
export function integer(value: number): Sql {
  if (!Number.isSafeInteger(value)) throw new Error(`bug: ${value} is no integer`)
  return String(value) as Sql
}

/** A name as an identifier. */
export function name(value: string): Sql {
  return `"${value.replaceAll('\u0000', '\u2400').replaceAll('"', '""')}"` as Sql
}

export function join(parts: readonly Sql[], between: string): Sql {
  return parts.join(between) as Sql
}
