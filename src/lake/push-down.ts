import type { Expr } from '../plan/expr.ts'
import { isValueLeaf, type ValueLeaf } from '../plan/value-leaf.ts'
import { valueTest } from '../scan/value-test.ts'
import { duckdb } from '../sql/duckdb.ts'
import { printExpr } from '../sql/print-expr.ts'
import { join, type Sql, sql } from '../sql/sql.ts'
import { eventTable } from './event-table.ts'
import { isPlain, type KnownFields, knownFields } from './known-fields.ts'
import type { LakeFile } from './manifest.ts'
import { asHint } from './push-down-hint.ts'
import type { PushTarget } from './push-target.ts'

/** The files and rows that a condition lets through. */
export interface PushedDown {
  readonly files: readonly LakeFile[]
  /** True for every event for which the condition is true. */
  readonly where: readonly Sql[]
  /** True for those of them for which the condition may be false all the same; absent if there are none. */
  readonly open?: Sql
}

/** A condition of a search. */
export interface PushedCondition {
  readonly condition: Expr
  /** It alone decides; otherwise the search asks more, and a field that is missing does not do for it. */
  readonly decides: boolean
  /** Events are left out only where that costs little. */
  readonly cheap: boolean
}

/** Has the engine test a condition, as far as it can. */
export function pushedDown(target: PushTarget, pushed: PushedCondition | undefined): PushedDown {
  if (pushed === undefined) return { files: target.files, where: [] }
  const { cheap, decides } = pushed
  const known = knownFields(target)
  const condition = decides ? pushed.condition : asHint(pushed.condition, target, known)
  const files = target.files.filter(file => mayHold(condition, file, known))
  const table = eventTable(known)
  const asked = listed(condition, files, known)
  const parts = (asked.kind === 'and' ? asked.of : [asked]).map(part =>
    printExpr(part, { table, dialect: duckdb, cheap }),
  )
  const open = parts.filter(({ sure }) => !sure).map(({ must }) => sql`NOT ${must}`)
  const where = parts.map(({ bare }) => bare)
  return { files, where, ...(open.length === 0 ? {} : { open: sql`(${join(open, ' OR ')})` }) }
}

/** May an event of the file pass? */
function mayHold(condition: Expr, file: LakeFile, known: KnownFields): boolean {
  switch (condition.kind) {
    case 'and':
      return condition.of.every(part => mayHold(part, file, known))
    case 'or':
      return condition.of.some(part => mayHold(part, file, known))
    case 'constant':
      return condition.value
    case 'exists':
      return known.fields?.has(condition.of.name) !== false
    default: {
      if (!isValueLeaf(condition)) return true
      if (known.fields?.has(condition.of.name) === false) return false
      return valuesIn(file, condition, known)?.some(valueTest(condition)) ?? true
    }
  }
}

/** Where all values of a column are known, the test is made of them, not of each event. */
function listed(condition: Expr, files: readonly LakeFile[], known: KnownFields): Expr {
  if (condition.kind === 'and' || condition.kind === 'or')
    return { ...condition, of: condition.of.map(part => listed(part, files, known)) }
  if (condition.kind === 'not') return { ...condition, of: listed(condition.of, files, known) }
  if (!isValueLeaf(condition)) return condition
  const values = new Set<string>()
  for (const file of files) {
    const own = valuesIn(file, condition, known)
    if (own === undefined) return condition
    for (const value of own) values.add(value)
  }
  const { of } = condition
  const passing = [...values].filter(valueTest(condition))
  return {
    kind: 'or',
    of: passing.map(value => ({ kind: 'match', of, pattern: [value], caseless: false })),
  }
}

/** All values of the field in a file; undefined if they are not known. */
function valuesIn(file: LakeFile, { of }: ValueLeaf, known: KnownFields): readonly string[] | undefined {
  const own = known.table.promoted.find(({ name }) => name === of.name)
  if (own === undefined || file.exceptions.includes(of.name)) return undefined
  return isPlain(of, known) ? file.values[own.column] : undefined
}
