import fc from 'fast-check'
import { type Aggregate, columnsOf, type Relation, type SortKey } from '../../src/plan/relation.ts'
import type { Column, Scalar } from '../../src/plan/scalar.ts'
import { call, column, compare, number, text } from '../../src/plan/scalars.ts'

const WORDS = [
  '',
  'a',
  'A',
  'b',
  'ab',
  'x%y_z',
  '%',
  '_',
  '\\',
  "it's",
  '"q"',
  'é',
  'É',
  '😀',
  '1',
  '01',
  '1.0',
  '5',
  '10',
  ' 5',
  'line\nbreak',
] as const
const word = fc.constantFrom(...WORDS)
const NUMBERS = [0, 1, -1, 2.5, 10, 1e6] as const

/** Rows with a number, two texts and a list, any of which may be null. */
const base: fc.Arbitrary<Relation> = fc
  .array(
    fc.tuple(
      fc.option(fc.constantFrom(...NUMBERS)),
      fc.option(word),
      fc.option(word),
      fc.option(fc.array(word, { minLength: 1, maxLength: 3 })),
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map(rows => ({ op: 'rows', columns: COLUMNS, rows }))

const COLUMNS: readonly Column[] = [
  { name: 'n', type: 'number' },
  { name: 's', type: 'text' },
  { name: 'S', type: 'text' },
  { name: 'l', type: 'list' },
]

/** Random plans, of a few nodes one over the other. */
export const relation: fc.Arbitrary<Relation> = fc
  .tuple(base, fc.integer({ min: 1, max: 5 }))
  .chain(([from, depth]) => grown(from, depth))

function grown(from: Relation, depth: number): fc.Arbitrary<Relation> {
  return depth === 0 ? fc.constant(from) : node(from, depth).chain(next => grown(next, depth - 1))
}

/** @param depth tells its new columns from those of others */
function node(from: Relation, depth: number): fc.Arbitrary<Relation> {
  const columns = columnsOf(from)
  const fresh = `c${depth}`
  const nodes: fc.Arbitrary<Relation>[] = [
    condition(columns).map(where => ({ op: 'filter', from, where })),
    condition(columns).map(where => ({
      op: 'filter',
      from,
      where: { kind: 'not', of: where, type: 'boolean' },
    })),
    value(columns).map(made => ({ op: 'extend', from, columns: [{ name: fresh, value: made }] })),
    fc.subarray([...columns], { minLength: 1 }).map(kept => ({
      op: 'select',
      from,
      columns: kept.map(({ name, type }) => ({ name, value: column(name, type) })),
    })),
    group(from, columns, depth),
    base.map(other => ({ op: 'union', of: [from, other] })),
    fc.constant({ op: 'distinct', from }),
    fc
      .record({ count: fc.nat(5), offset: fc.nat(2), descending: fc.boolean() })
      .map(({ count, offset, descending }) => ({
        op: 'limit',
        from,
        count,
        offset,
        orderBy: total(columns, descending),
      })),
    base.map(other => joined(from, other, { columns, depth })),
  ]
  const list = columns.find(({ type }) => type === 'list')
  if (list !== undefined)
    nodes.push(
      fc
        .boolean()
        .map(keepEmpty => ({ op: 'unnest', from, of: column(list.name, 'list'), as: fresh, keepEmpty })),
    )
  return fc.oneof(...nodes)
}

/** An order in which only equal rows tie. */
function total(columns: readonly Column[], descending: boolean): readonly SortKey[] {
  return columns.map(({ name, type }) => ({
    value: type === 'list' ? call('list_join', column(name, type), text('|')) : column(name, type),
    descending,
  }))
}

function joined(
  left: Relation,
  other: Relation,
  { columns, depth }: { readonly columns: readonly Column[]; readonly depth: number },
): Relation {
  const right: Relation = {
    op: 'select',
    from: other,
    columns: COLUMNS.slice(0, 3).map(({ name, type }) => ({
      name: `${name}${depth}`,
      value: column(name, type),
    })),
  }
  const key = columns.find(({ type }) => type === 'text')
  const on =
    key === undefined
      ? compare('eq', number(1), number(1))
      : compare('eq', column(key.name, 'text'), column(`s${depth}`, 'text'), { how: 'text' })
  return { op: 'join', how: depth % 2 === 0 ? 'inner' : 'left', left, right, on }
}

function group(from: Relation, columns: readonly Column[], depth: number): fc.Arbitrary<Relation> {
  const of = fc.constantFrom(...columns)
  const aggregate = fc
    .tuple(of, fc.option(condition(columns), { nil: undefined }), fc.nat(6))
    .map(([chosen, where, pick]) => {
      const { name, type } = chosen
      const fns = {
        number: ['count', 'count_distinct', 'sum', 'min', 'max'],
        text: ['count', 'count_distinct', 'min', 'max', 'values'],
        list: ['count', 'count_distinct', 'values'],
        boolean: ['count', 'any_true'],
      } as const
      const fn = fns[type][pick % fns[type].length] ?? 'count'
      const made =
        fn === 'min' || fn === 'max'
          ? type
          : fn === 'values'
            ? 'list'
            : fn === 'any_true'
              ? 'boolean'
              : 'number'
      return { fn, of: column(name, type), type: made, ...(where === undefined ? {} : { where }) }
    })
  return fc
    .tuple(
      fc.subarray([...columns], { maxLength: Math.min(2, columns.length) }),
      fc.array(aggregate, { minLength: 1, maxLength: 3 }),
    )
    .map(([by, found]) => ({
      op: 'group',
      from,
      by: by.map(({ name, type }) => ({ name, value: column(name, type) })),
      aggregates: [
        { name: `r${depth}`, fn: 'count_rows', type: 'number' },
        ...found.map((one, at): Aggregate => ({ name: `g${depth}${at}`, ...one })),
      ],
    }))
}

function condition(columns: readonly Column[]): fc.Arbitrary<Scalar> {
  const one = fc.constantFrom(...columns).chain(({ name, type }): fc.Arbitrary<Scalar> => {
    const of = column(name, type)
    const op = fc.constantFrom('eq', 'ne', 'lt', 'lte', 'gt', 'gte' as const)
    if (type === 'number')
      return fc
        .tuple(op, fc.constantFrom(...NUMBERS))
        .map(([sign, bound]) => compare(sign, of, number(bound)))
    if (type === 'list')
      return word.map(member => ({
        kind: 'each',
        how: 'any',
        of,
        name: 'm',
        body: compare('eq', column('m', 'text'), text(member), { how: 'text' }),
        type: 'boolean',
      }))
    if (type === 'boolean') return fc.constant({ kind: 'known', of, type: 'boolean' })
    const pattern = fc.array(
      fc.oneof(word, fc.constantFrom({ wild: 'any' as const }, { wild: 'one' as const })),
      { maxLength: 3 },
    )
    return fc.oneof(
      fc
        .tuple(op, word, fc.constantFrom('text', 'auto' as const))
        .map(([sign, bound, how]) => compare(sign, of, text(bound), { how })),
      fc
        .tuple(pattern, fc.boolean())
        .map(
          ([parts, caseless]): Scalar => ({ kind: 'like', of, pattern: parts, caseless, type: 'boolean' }),
        ),
      fc.constant<Scalar>({ kind: 'null', of, type: 'boolean' }),
    )
  })
  return fc.oneof(
    one,
    fc
      .tuple(fc.constantFrom('and', 'or' as const), fc.array(one, { minLength: 1, maxLength: 3 }))
      .map(([kind, of]): Scalar => ({ kind, of, type: 'boolean' })),
    one.map((of): Scalar => ({ kind: 'known', of, type: 'boolean' })),
  )
}

function value(columns: readonly Column[]): fc.Arbitrary<Scalar> {
  return fc
    .tuple(fc.constantFrom(...columns), word, condition(columns))
    .map(([{ name, type }, other, where]): Scalar => {
      const of = column(name, type)
      switch (type) {
        case 'number':
          return call('divide', call('add', of, number(1)), of)
        case 'text':
          return call('concat', of, text(other))
        case 'list':
          return call('list_length', of)
        default:
          return {
            kind: 'choose',
            when: [{ if: where, then: text(other) }],
            otherwise: text(null),
            type: 'text',
          }
      }
    })
}
