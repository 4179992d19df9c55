import type { Relation } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import {
  both,
  call,
  coalesce,
  column,
  compare,
  either,
  isNull,
  number,
  truth,
} from '../../../plan/scalars.ts'
import { type Flow, fieldNames, find, flowOf } from './flow.ts'
import { numberOf, textOf } from './values.ts'

interface How {
  /** What the names of earlier values end in: one for each earlier time, or for all of them together. */
  readonly suffixes: readonly string[]
  readonly aggregate: string | undefined
  /** The rows without any comparison: they say which fields are values. */
  readonly base: Flow
}

/** Rows beside those of earlier times that have the same keys: all fields that are no values. */
export function comparedWith(flow: Flow, past: readonly Flow[], { suffixes, aggregate, base }: How): Flow {
  const { keys, values } = parted(base)
  let result = flow
  past.forEach((earlier, index) => {
    result = beside(result, earlier, { keys, values, mark: `$past${index}_` })
  })
  const columns = values.flatMap(name => {
    const each = past.map((_, index) => column(`$past${index}_${name}`, 'number'))
    const shown = aggregate === undefined ? each : [together(aggregate, each)]
    return shown.map((value, index) => ({ name: `${name}_${suffixes[index]}`, value }))
  })
  const kept = fieldNames(result).flatMap(name => {
    const value = find(result, name)
    return value === undefined ? [] : [{ name, value }]
  })
  const relation: Relation = { op: 'select', from: result.rows.relation, columns: [...kept, ...columns] }
  const order = keys.flatMap(name => {
    const value = find(flowOf({ relation, order: [] }, false), name)
    return value === undefined ? [] : [{ value, descending: false }]
  })
  const slice = flow.slice === undefined ? {} : { slice: flow.slice }
  return { ...flowOf({ relation, order }, false), ...slice }
}

/** The slice and what is no number are keys, the numbers values. */
function parted(flow: Flow): { readonly keys: readonly string[]; readonly values: readonly string[] } {
  const time = (flow.slice?.name ?? '_timeslice').toLowerCase()
  const isValue = (name: string) => name.toLowerCase() !== time && find(flow, name)?.type === 'number'
  const names = fieldNames(flow)
  return { keys: names.filter(name => !isValue(name)), values: names.filter(isValue) }
}

function beside(
  left: Flow,
  right: Flow,
  {
    keys,
    values,
    mark,
  }: { readonly keys: readonly string[]; readonly values: readonly string[]; readonly mark: string },
): Flow {
  const named = (name: string): Scalar => find(right, name) ?? number(null)
  const renamed: Relation = {
    op: 'select',
    from: right.rows.relation,
    columns: [
      ...keys.map(name => ({ name: `${mark}${name}`, value: named(name) })),
      ...values.map(name => ({ name: `${mark}${name}`, value: numberOf(named(name)) })),
    ],
  }
  const same = keys.flatMap(name => {
    const own = find(left, name)
    if (own === undefined) return []
    const other = column(`${mark}${name}`, named(name).type)
    return [
      either(compare('eq', textOf(own), textOf(other), { how: 'text' }), both(isNull(own), isNull(other))),
    ]
  })
  const on = same.length === 0 ? truth(true) : both(...same)
  const joined: Relation = {
    op: 'join',
    how: keys.length === 0 ? 'left' : 'full',
    left: left.rows.relation,
    right: renamed,
    on,
  }
  const filled: Relation = {
    op: 'extend',
    from: joined,
    columns: keys.flatMap(name => {
      const own = find(left, name)
      const other = column(`${mark}${name}`, named(name).type)
      return own === undefined || own.type !== other.type ? [] : [{ name, value: coalesce(own, other) }]
    }),
  }
  return { ...left, rows: { relation: filled, order: [] } }
}

/** One value of several; of a sum and a mean, a missing one counts as 0. */
function together(aggregate: string, values: readonly Scalar[]): Scalar {
  if (aggregate === 'min') return call('least', ...values)
  if (aggregate === 'max') return call('greatest', ...values)
  const numbers = values.map(value => coalesce(value, number(0)))
  const sum = numbers.reduce((all, value) => call('add', all, value), number(0))
  return aggregate === 'sum' ? sum : call('divide', sum, number(values.length))
}
