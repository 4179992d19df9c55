import { nearest } from '../../../core/nearest.ts'
import { matchOn, tellMet } from '../../../plan/lookup-match.ts'
import type { LookupTable, Lowering } from '../../../plan/lowering.ts'
import {
  append,
  columnNamed,
  EVENT_COLUMN,
  filter,
  hidden,
  limit,
  type Pipeline,
  select,
} from '../../../plan/pipeline.ts'
import type { Aggregate, Named, Relation } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { as, both, call, column, compare, isNull, not, number, text } from '../../../plan/scalars.ts'
import { isOn, numberOf } from '../options.ts'
import type { LookupField, Name, Stages } from '../syntax/tree.ts'
import { type Context, everything, fieldOf, maybe, refuse } from './context.ts'
import { chosen } from './functions/conditions.ts'
import { HOISTED } from './hoisted-names.ts'
import { lowerTerm } from './term.ts'
import { emptyTable } from './written-first.ts'

/** The lookup of that name; refused with the nearest one if there is none. */
function findLookup({ name, at }: Name, { environment }: Context): LookupTable {
  const found = environment.lookup(name) ?? environment.lookup(name.replace(/\.csv$/, ''))
  if (found !== undefined) return found
  const near = nearest(name, environment.lookupNames)
  const list = environment.lookupNames.join(', ')
  const help =
    near !== undefined
      ? `did you mean "${near}"?`
      : list === ''
        ? 'give its table with --lookups'
        : `there is ${list}`
  return refuse('spl/unknown-lookup', `there is no lookup "${name}"`, at, help)
}

/** The rows of a table as they are given without an event. */
export function listedRows(name: Name, context: Context): Pipeline {
  const empty = emptyTable(name, context)
  if (empty !== undefined) return empty
  const table = findLookup(name, context)
  table.met?.()
  return { relation: table.listed ?? table.relation, order: [] }
}

/** What `inputlookup` does: the rows of a table, behind those that are there with `append=t`. */
export function* tableRows(
  stage: Stages['inputlookup'],
  rows: Pipeline,
  context: Context,
): Lowering<Pipeline> {
  const all = listedRows(stage.table, context)
  const some = stage.where === undefined ? all : filter(all, yield* lowerTerm(stage.where, all, context))
  const most = numberOf(stage.options, 'max', 0)
  const start = numberOf(stage.options, 'start', 0)
  const cut = most > 0 || start > 0 ? limit(some, most > 0 ? most : 1_000_000_000, start) : some
  return isOn(stage.options, 'append') ? append(rows, cut) : cut
}

/**
 * What `lookup` does: the columns of the rows of a table that the key fields meet. Several rows give several
 * values, unless the table says that one is enough.
 */
export function* lookedUp(stage: Stages['lookup'], rows: Pipeline, context: Context): Lowering<Pipeline> {
  const table = findLookup(stage.table, context)
  const pairs = stage.keys.map((key, at) => ({
    column: checked(key, table),
    value: fieldOf(rows, key.field ?? key.column, context),
    key: `$key${at}`,
  }))
  const outputs = outputsOf(stage, table)
  const time = table.expires === true ? columnNamed(rows, '_time') : undefined
  if (table.expires === true && time === undefined) {
    const message = `"${table.name}" holds approvals, which are judged at the time of an event: these rows have none, and meet nothing`
    const help = 'look them up before rows are put together'
    context.environment.note({
      code: 'spl/lookup-time',
      severity: 'warning',
      message,
      at: stage.table.at,
      help,
    })
  }
  const keys: readonly Key[] = [
    ...pairs.map(({ key, value }) => ({ key, value: as('text', value), many: value.type === 'list' })),
    ...(time === undefined ? [] : [{ key: '$keyTime', value: time, many: false }]),
  ]
  const wanted = filter(rows, both(...keys.map(({ value }) => not(isNull(value)))))
  const distinct = differentKeys(wanted, keys)
  const eventTime = time === undefined ? undefined : column('$keyTime', 'number')
  const matching = yield* matchOn(table, pairs, outputs, eventTime)
  const { relation: right, on } = matching
  const met: Relation = { op: 'join', how: 'inner', left: distinct, right, on }
  const many = table.maxMatches !== 1
  const aggregates = outputs.map((_, at): Aggregate => {
    const of = column(`$output${at}`, 'text')
    return {
      name: `$found${at}`,
      fn: many ? 'list' : 'first',
      of,
      orderBy: ROW_ORDER,
      type: many ? 'list' : 'text',
    }
  })
  const count: Aggregate = { name: '$met', fn: 'count_rows', type: 'number' }
  const by = keys.map((key): Named => ({ name: wholeName(key), value: whole(key) }))
  const facts: Relation = { op: 'group', from: met, by, aggregates: [...aggregates, count] }
  const same = both(
    ...keys.map(key =>
      key.value.type === 'text'
        ? compare('eq', key.value, whole(key), { how: 'text' })
        : compare('eq', key.value, whole(key)),
    ),
  )
  yield* tellMet(table, matching, { rows: rows.relation, keys: distinct, by, same })
  const joined: Pipeline = {
    relation: { op: 'join', how: 'left', left: rows.relation, right: facts, on: same },
    order: rows.order,
  }
  return filled(joined, rows, { stage, table, outputs, many })
}

/** What is looked up: its hidden name, and whether it holds several values, each of which is. */
interface Key {
  readonly key: string
  readonly value: Scalar
  readonly many: boolean
}

function wholeName({ key }: Key): string {
  return key.replace('$key', '$same')
}

function whole(key: Key): Scalar {
  return column(wholeName(key), key.value.type)
}

/** The different keys of the rows, and the values in them, each of its own row. */
function differentKeys({ relation }: Pipeline, keys: readonly Key[]): Relation {
  const by = keys.map((key): Named => ({ name: wholeName(key), value: key.value }))
  const wholes: Relation = { op: 'group', from: relation, by, aggregates: [] }
  return keys.reduce<Relation>((from, key) => {
    if (!key.many) return { op: 'extend', from, columns: [{ name: key.key, value: whole(key) }] }
    return { op: 'unnest', from, of: call('split', whole(key), text('\n')), as: key.key, keepEmpty: false }
  }, wholes)
}

/** Rows of a table in the order of its file. */
const ROW_ORDER = [{ value: column('$place', 'number'), descending: false }]

interface Output {
  readonly column: string
  readonly name: string
}

function outputsOf({ outputs, keys }: Stages['lookup'], table: LookupTable): readonly Output[] {
  if (outputs.length > 0) {
    return outputs.map(output => ({
      column: checked(output, table),
      name: (output.field ?? output.column).name,
    }))
  }
  const used = new Set(keys.map(key => key.column.name))
  return table.columns.filter(({ name }) => !used.has(name)).map(({ name }) => ({ column: name, name }))
}

/** The column of the table that is meant; published tables have spaces before some of their names. */
function checked({ column: { name, at } }: LookupField, table: LookupTable): string {
  const found =
    table.columns.find(known => known.name === name) ??
    table.columns.find(known => known.name.trim() === name)
  if (found !== undefined) return found.name
  const names = table.columns.map(known => known.name)
  const near = nearest(name, names)
  const help = near === undefined ? `it has ${names.join(', ')}` : `did you mean "${near}"?`
  return refuse('spl/unknown-column', `the lookup "${table.name}" has no column "${name}"`, at, help)
}

interface Filling {
  readonly stage: Stages['lookup']
  readonly table: LookupTable
  readonly outputs: readonly Output[]
  readonly many: boolean
}

function filled(joined: Pipeline, rows: Pipeline, { stage, table, outputs, many }: Filling): Pipeline {
  const added = outputs.map(({ name }, at): Named => {
    const all = column(`$found${at}`, many ? 'list' : 'text')
    const found = many ? call('list_slice', all, number(0), number(table.maxMatches - 1)) : all
    const standard = table.minMatches > 0 ? table.defaultMatch : undefined
    const value =
      standard === undefined
        ? found
        : chosen([[not(isNull(column('$met', 'number'))), found]], text(standard))
    const before = maybe(rows, name)
    return { name, value: stage.how === 'OUTPUTNEW' ? chosen([[not(isNull(before)), before]], value) : value }
  })
  const names = new Set(added.map(({ name }) => name))
  // What was taken out of an expression is read of the row later, and the row stays the event that it is.
  const kept = everything(rows).filter(
    ({ name }) => !names.has(name) && (!hidden(name) || name.startsWith(HOISTED) || name === EVENT_COLUMN),
  )
  return select(joined, [...kept, ...added])
}
