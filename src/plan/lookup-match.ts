import type { LookupTable, Lowering } from './lowering.ts'
import { networkBounds } from './network-bounds.ts'
import { columnsOf, type Named, type Relation } from './relation.ts'
import type { Scalar } from './scalar.ts'
import { as, both, call, column, compare, either, known, nothing, number, truth } from './scalars.ts'

/** Hidden columns of a table: where a row stands, and from when on and until when it holds, seconds since 1970. */
export const ROW_PLACE = '$row'
export const ROW_FROM = '$from'
export const ROW_UNTIL = '$until'

/** A column of a table, and the field that is looked up in it under a hidden name. */
export interface KeyPair {
  readonly column: string
  readonly value: Scalar
  readonly key: string
}

export interface Matching {
  readonly relation: Relation
  readonly on: Scalar
  /** The same of its keys alone, and of its time alone. */
  readonly keysMeet: Scalar
  readonly holds: Scalar
}

/**
 * The table with hidden names, and when one of its rows is met. `time` is a column of the other side, seconds since 1970: of a
 * table whose rows hold for a time only, none is met without it.
 */
export function* matchOn(
  table: LookupTable,
  pairs: readonly KeyPair[],
  outputs: readonly { readonly column: string }[],
  time?: Scalar,
): Lowering<Matching> {
  const all = columnsOf(table.relation)
  const named = (name: string): Scalar => {
    const found = all.find(one => one.name === name)
    return found === undefined ? nothing('text') : column(found.name, found.type)
  }
  const columns: Named[] = [
    ...pairs.map(({ column: name }, at) => ({ name: `$table${at}`, value: as('text', named(name)) })),
    ...outputs.map(({ column: name }, at) => ({ name: `$output${at}`, value: as('text', named(name)) })),
  ]
  const row = all.some(({ name, type }) => name === ROW_PLACE && type === 'number')
  const place: Named = { name: '$place', value: row ? column(ROW_PLACE, 'number') : number(0) }
  const holds = table.expires === true ? [ROW_FROM, ROW_UNTIL].map(itself) : []
  let relation: Relation = { op: 'select', from: table.relation, columns: [...columns, place, ...holds] }
  const inForce = table.expires === true ? inForceAt(time) : truth(true)
  const tests: Scalar[] = []
  for (const [at, pair] of pairs.entries()) {
    const how = Object.hasOwn(table.match, pair.column) ? table.match[pair.column] : undefined
    const [left, right] = [column(pair.key, 'text'), column(`$table${at}`, 'text')]
    const fold = (side: Scalar): Scalar => (table.caseSensitive ? side : call('lower', side))
    const glob = known(call('matches_glob', fold(left), fold(right)))
    if (how === 'wildcard') tests.push(glob)
    else if (how === 'cidr' || how === 'place') {
      const networks: Networks = yield* networkRows(relation, `$table${at}`, at)
      relation = networks.relation
      tests.push(how === 'place' ? either(glob, networks.test(left)) : networks.test(left))
    } else tests.push(compare('eq', fold(left), fold(right), { how: 'text' }))
  }
  const keysMeet = both(...tests)
  return {
    relation,
    on: table.expires === true ? both(inForce, ...tests) : keysMeet,
    keysMeet,
    holds: inForce,
  }
}

/** Pairs that are told at most. */
const MOST_MET = 20_000

/** Rows of a search, the keys in them that are looked up, and what says that a row has a key. */
export interface Seeking {
  readonly rows: Relation
  readonly keys: Relation
  readonly by: readonly Named[]
  readonly same: Scalar
}

/** Tells the table, if it wants to know, which of its rows are met, whether or not they hold then. */
export function* tellMet(
  table: LookupTable,
  { relation: right, keysMeet, holds }: Matching,
  { rows, keys, by, same }: Seeking,
): Lowering<void> {
  if (table.met === undefined) return
  const place: Named = { name: '$metPlace', value: column('$place', 'number') }
  const held: Named = { name: '$metHeld', value: holds }
  const pairs: Relation = { op: 'join', how: 'inner', left: keys, right, on: keysMeet }
  const met: Relation = { op: 'group', from: pairs, by: [...by, place, held], aggregates: [] }
  const numbered = columnsOf(rows).some(({ name, type }) => name === '$row' && type === 'number')
  const relation: Relation = {
    op: 'select',
    from: { op: 'join', how: 'inner', left: rows, right: met, on: same },
    columns: [
      { name: 'place', value: column('$metPlace', 'number') },
      { name: 'holds', value: column('$metHeld', 'boolean') },
      { name: 'event', value: numbered ? column('$row', 'number') : nothing('number') },
    ],
  }
  const answer = yield { relation, limit: MOST_MET, why: 'rows of a lookup that are met' }
  const told = answer.rows.map(row => ({
    place: Number(row['place']),
    holds: row['holds'] === true,
    ...(row['event'] === null ? {} : { event: Number(row['event']) }),
  }))
  table.met(answer.more ? undefined : told)
}

/** From its creation on and before it expires. */
function inForceAt(time: Scalar = nothing('number')): Scalar {
  return known(
    both(compare('gte', time, column(ROW_FROM, 'number')), compare('lt', time, column(ROW_UNTIL, 'number'))),
  )
}

function itself(name: string): Named {
  return { name, value: column(name, 'number') }
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
    const inside = typeof value === 'string' ? networkBounds(value) : undefined
    return inside === undefined ? [] : [[String(value), inside.first, inside.last]]
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
