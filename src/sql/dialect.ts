import type { ColumnType } from '../plan/column-type.ts'
import type { Regex } from '../plan/expr.ts'
import type { FunctionName } from '../plan/functions.ts'
import type { Pattern } from '../plan/pattern.ts'
import type { Aggregate } from '../plan/relation.ts'
import type { JsonStep } from '../plan/scalar.ts'
import type { EventDialect } from './event-dialect.ts'
import type { Sql } from './sql.ts'

/** What differs between engines, and nothing else. */
export interface Dialect {
  readonly name: string
  readonly events: EventDialect
  /** Between AS and the body of a step that is computed once, however many steps read it. */
  readonly once: Sql
  readonly types: Readonly<Record<ColumnType, Sql>>
  readonly functions: Readonly<Record<FunctionName, (...args: readonly Sql[]) => Sql>>
  like(of: Sql, pattern: Pattern, caseless: boolean): Sql
  search(of: Sql, regex: Regex): Sql
  capture(of: Sql, regex: Regex, group: number, all: boolean): Sql
  substitute(of: Sql, regex: Regex, by: string, all: boolean): Sql
  json(of: Sql, path: readonly JsonStep[], type: 'text' | 'list'): Sql
  list(members: readonly Sql[]): Sql
  each(how: 'map' | 'filter' | 'any', of: Sql, member: Sql, body: Sql): Sql
  /** `order` is the inside of ORDER BY. */
  aggregate(aggregate: PrintedAggregate): Sql
  /** Member and 0-based place of each member of a list. */
  unnest(of: Sql, keepEmpty: boolean): { readonly lateral: Sql; readonly member: Sql; readonly place: Sql }
}

export interface PrintedAggregate extends Pick<Aggregate, 'fn' | 'type'> {
  readonly fraction: number | undefined
  readonly of: Sql | undefined
  readonly ofType: ColumnType | undefined
  readonly where: Sql | undefined
  readonly order: Sql | undefined
  /** ` OVER (…)` for each aggregate function inside, or nothing. */
  readonly over: Sql
}
