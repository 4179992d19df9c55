import type { ColumnType } from '../../../plan/column-type.ts'
import type { Cell, Named, Relation } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { both, column, compare, isNull, nothing, number, text, truth } from '../../../plan/scalars.ts'
import { type Flow, fieldNames, flowOf, typesOf } from './flow.ts'

/** The values that a field shall have. */
export interface Generator {
  readonly name: string
  readonly value: Scalar
  readonly values: readonly Cell[]
}

/** Adds a row for each combination of the values that no row has; its other numbers are 0, or what is given for them. */
export function filledUp(
  flow: Flow,
  generators: readonly Generator[],
  given: readonly { readonly name: string; readonly raw: string }[],
): Flow {
  const { relation } = flow.rows
  const combinations: Relation = {
    op: 'rows',
    columns: generators.map(({ value }, index) => ({ name: `$fill${index}`, type: value.type })),
    rows: product(generators.map(({ values }) => values)),
  }
  const there: Relation = {
    op: 'distinct',
    from: {
      op: 'select',
      from: relation,
      columns: [
        ...generators.map(({ value }, index) => ({ name: `$there${index}`, value })),
        { name: '$there', value: truth(true) },
      ],
    },
  }
  const on = both(
    ...generators.map(({ value }, index) =>
      compare('eq', column(`$fill${index}`, value.type), column(`$there${index}`, value.type), {
        how: value.type === 'number' ? 'number' : 'text',
      }),
    ),
  )
  const joined: Relation = { op: 'join', how: 'left', left: combinations, right: there, on }
  const missing: Relation = { op: 'filter', from: joined, where: isNull(column('$there', 'boolean')) }
  const added: Relation = { op: 'select', from: missing, columns: defaults(flow, generators, given) }
  const union: Relation = { op: 'union', of: [relation, added] }
  const order = generators.map(({ name, value }) => ({ value: column(name, value.type), descending: false }))
  const slice = flow.slice === undefined ? {} : { slice: flow.slice }
  return { ...flowOf({ relation: union, order: [...order, ...flow.rows.order] }, flow.messages), ...slice }
}

function defaults(
  flow: Flow,
  generators: readonly Generator[],
  given: readonly { readonly name: string; readonly raw: string }[],
): readonly Named[] {
  const types = typesOf(flow.rows.relation)
  return fieldNames(flow).map(name => {
    const same = ({ name: other }: { readonly name: string }) => other.toLowerCase() === name.toLowerCase()
    const place = generators.findIndex(same)
    const type = types.get(name) ?? 'text'
    if (place >= 0) return { name, value: column(`$fill${place}`, generators[place]?.value.type ?? type) }
    const wanted = given.find(same)?.raw
    if (wanted !== undefined && wanted !== 'null') {
      const value = Number(wanted)
      return { name, value: type === 'number' ? number(Number.isFinite(value) ? value : null) : text(wanted) }
    }
    if (wanted !== undefined) return { name, value: nothing(type) }
    return { name, value: flow.pivoted === true ? nothing(type) : DEFAULTS[type] }
  })
}

const DEFAULTS: Record<ColumnType, Scalar> = {
  number: number(0),
  boolean: truth(false),
  text: nothing('text'),
  list: nothing('list'),
}

function product(lists: readonly (readonly Cell[])[]): readonly (readonly Cell[])[] {
  return lists.reduce<readonly (readonly Cell[])[]>(
    (rows, list) => rows.flatMap(row => list.map(cell => [...row, cell])),
    [[]],
  )
}
