import { parseNetwork } from '../../../core/ip.ts'
import { nearest } from '../../../core/nearest.ts'
import type { LookupTable, Lowering } from '../../../plan/lowering.ts'
import { append, filter, limit, type Pipeline, select } from '../../../plan/pipeline.ts'
import { type Aggregate, columnsOf, type Named, type Relation } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import {
  as,
  both,
  call,
  column,
  compare,
  either,
  isNull,
  known,
  not,
  number,
  text,
} from '../../../plan/scalars.ts'
import { isOn, numberOf } from '../reader.ts'
import type { LookupField, Name, Stages } from '../syntax/tree.ts'
import { type Context, fieldOf, maybe, refuse, shown } from './context.ts'
import { chosen } from './functions/conditions.ts'
import { lowerTerm } from './term.ts'

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

/** What `inputlookup` does: the rows of a table, behind those that are there with `append=t`. */
export function* tableRows(
  stage: Stages['inputlookup'],
  rows: Pipeline,
  context: Context,
): Lowering<Pipeline> {
  const table = findLookup(stage.table, context)
  const all: Pipeline = { relation: table.relation, order: [] }
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
  const keys = pairs.map(({ key, value }): Named => ({ name: key, value: as('text', value) }))
  const wanted = filter(rows, both(...keys.map(({ value }) => not(isNull(value)))))
  const distinct: Relation = { op: 'group', from: wanted.relation, by: keys, aggregates: [] }
  const { relation: right, on } = yield* matchOn(table, pairs, outputs)
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
  const by = keys.map(
    ({ name }): Named => ({ name: name.replace('$key', '$same'), value: column(name, 'text') }),
  )
  const facts: Relation = { op: 'group', from: met, by, aggregates: [...aggregates, count] }
  const same = both(
    ...keys.map(({ name, value }) =>
      compare('eq', value, column(name.replace('$key', '$same'), 'text'), { how: 'text' }),
    ),
  )
  const joined: Pipeline = {
    relation: { op: 'join', how: 'left', left: rows.relation, right: facts, on: same },
    order: rows.order,
  }
  return filled(joined, rows, { stage, table, outputs, many })
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

interface KeyPair {
  readonly column: string
  readonly value: Scalar
  readonly key: string
}

interface Matching {
  readonly relation: Relation
  readonly on: Scalar
}

/** The table with hidden names, and when one of its rows is met. */
function* matchOn(
  table: LookupTable,
  pairs: readonly KeyPair[],
  outputs: readonly Output[],
): Lowering<Matching> {
  const plain: Pipeline = { relation: table.relation, order: [] }
  const columns: Named[] = [
    ...pairs.map(({ column: name }, at) => ({ name: `$table${at}`, value: as('text', maybe(plain, name)) })),
    ...outputs.map(({ column: name }, at) => ({
      name: `$output${at}`,
      value: as('text', maybe(plain, name)),
    })),
  ]
  const row = columnsOf(table.relation).some(({ name, type }) => name === '$row' && type === 'number')
  const place: Named = { name: '$place', value: row ? column('$row', 'number') : number(0) }
  let relation: Relation = { op: 'select', from: table.relation, columns: [...columns, place] }
  const tests: Scalar[] = []
  for (const [at, pair] of pairs.entries()) {
    const how = Object.hasOwn(table.match, pair.column) ? table.match[pair.column] : undefined
    const [left, right] = [column(pair.key, 'text'), column(`$table${at}`, 'text')]
    const fold = (side: Scalar): Scalar => (table.caseSensitive ? side : call('lower', side))
    if (how === 'wildcard') tests.push(known(call('matches_glob', fold(left), fold(right))))
    else if (how === 'cidr') {
      const networks: Networks = yield* networkRows(relation, `$table${at}`, at)
      relation = networks.relation
      tests.push(networks.test(left))
    } else tests.push(compare('eq', fold(left), fold(right), { how: 'text' }))
  }
  return { relation, on: both(...tests) }
}

interface Networks {
  readonly relation: Relation
  /** Is the address in the network of a row? */
  readonly test: (address: Scalar) => Scalar
}

/** Networks of a table that are taken apart at most. */
const MOST_NETWORKS = 10_000

/** The table with the first and last address of the network in one of its columns. */
function* networkRows(from: Relation, name: string, at: number): Lowering<Networks> {
  const relation: Relation = {
    op: 'group',
    from,
    by: [{ name: 'value', value: column(name, 'text') }],
    aggregates: [],
  }
  const answer = yield { relation, limit: MOST_NETWORKS, why: 'networks of a lookup' }
  const [network, first, last] = [`$text${at}`, `$first${at}`, `$last${at}`]
  const bounds = answer.rows.flatMap(({ value }) => {
    const parsed = typeof value === 'string' ? parseNetwork(value) : ''
    return typeof parsed === 'string' ? [] : [[String(value), ...edges(parsed.bytes, parsed.prefix)]]
  })
  const columns = [network, first, last].map(one => ({ name: one, type: 'text' as const }))
  const right: Relation = { op: 'rows', columns, rows: bounds }
  const on = compare('eq', column(name, 'text'), column(network, 'text'), { how: 'text' })
  return {
    relation: { op: 'join', how: 'left', left: from, right, on },
    test: address => {
      const key = call('ip_key', address)
      const inside = both(
        compare('gte', key, column(first, 'text'), { how: 'text' }),
        compare('lte', key, column(last, 'text'), { how: 'text' }),
      )
      return either(known(inside), compare('eq', address, column(name, 'text'), { how: 'text' }))
    },
  }
}

/** The first and last address of a network as the plan's `ip_key` writes addresses. */
function edges(bytes: Uint8Array, prefix: number): readonly [string, string] {
  const bits = [...bytes]
    .map(byte => byte.toString(2).padStart(8, '0'))
    .join('')
    .slice(0, prefix)
  const write = (fill: string): string => {
    const whole = bits.padEnd(bytes.length * 8, fill)
    const hex = Array.from({ length: bytes.length * 2 }, (_, at) =>
      Number.parseInt(whole.slice(at * 4, at * 4 + 4), 2).toString(16),
    )
    return (bytes.length === 4 ? '00000000000000000000ffff' : '') + hex.join('')
  }
  return [write('0'), write('1')]
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
  const kept = shown(rows).filter(({ name }) => !names.has(name))
  return select(joined, [...kept, ...added])
}
