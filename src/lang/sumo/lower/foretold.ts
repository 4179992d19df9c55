import type { Relation } from '../../../plan/relation.ts'
import { column } from '../../../plan/scalars.ts'
import { type Flow, flowOf, withRows } from './flow.ts'

/** With rows for the slices to come: their times and the values of some columns. */
export function foretold(flow: Flow, rows: readonly (readonly number[])[], names: readonly string[]): Flow {
  const name = flow.slice?.name ?? '_timeslice'
  const columns = [name, ...names].map(each => ({ name: each, type: 'number' as const }))
  const relation: Relation = { op: 'union', of: [flow.rows.relation, { op: 'rows', columns, rows }] }
  const order = [{ value: column(name, 'number'), descending: false }]
  const slice = flow.slice === undefined ? {} : { slice: flow.slice }
  return { ...flowOf(withRows(flow, { relation, order }).rows, false), ...slice }
}
