import type { Aggregate, Cell, Relation, SortKey } from '../../src/plan/relation.ts'
import { columnsOf } from '../../src/plan/relation.ts'
import { byCodePoint, numberOf, type Row, scalar } from './scalar.ts'

/** The rows of a relation, as plainly as they can be said; it shares no code with `src/sql`. */
export function rowsOf(relation: Relation): readonly Row[] {
  switch (relation.op) {
    case 'rows':
      return relation.rows.map(
        row => new Map(relation.columns.map(({ name }, at) => [name, row[at] ?? null])),
      )
    case 'filter':
      return rowsOf(relation.from).filter(row => scalar(relation.where, row) === true)
    case 'extend':
      return rowsOf(relation.from).map(
        row =>
          new Map([
            ...row,
            ...relation.columns.map(({ name, value }) => [name, scalar(value, row)] as const),
          ]),
      )
    case 'select':
      return rowsOf(relation.from).map(
        row => new Map(relation.columns.map(({ name, value }) => [name, scalar(value, row)])),
      )
    case 'group':
      return grouped(relation)
    case 'unnest':
      return rowsOf(relation.from).flatMap(row => unnested(relation, row))
    case 'join':
      return joined(relation)
    case 'union': {
      const names = columnsOf(relation).map(({ name }) => name)
      return relation.of.flatMap(rowsOf).map(row => new Map(names.map(name => [name, row.get(name) ?? null])))
    }
    case 'distinct':
      return [...new Map(rowsOf(relation.from).map(row => [shown(row), row])).values()]
    case 'sort':
      return sorted(rowsOf(relation.from), relation.orderBy)
    case 'limit': {
      const { offset = 0, count, from, orderBy } = relation
      return sorted(rowsOf(from), orderBy).slice(offset, offset + count)
    }
    default:
      throw new Error(`the plain evaluator has no ${relation.op}`)
  }
}

/** A row as a text by which rows are told apart. */
export function shown(row: Row): string {
  return JSON.stringify([...row].map(([name, cell]) => [name, cell]).sort())
}

function sorted(rows: readonly Row[], keys: readonly SortKey[]): readonly Row[] {
  return [...rows].sort((a, b) => {
    for (const { value, descending } of keys) {
      const [left, right] = [scalar(value, a), scalar(value, b)]
      if (left === right) continue
      // Nulls come last, whatever the direction.
      if (left === null || right === null) return left === null ? 1 : -1
      const order = ordered(left, right)
      if (order !== 0) return descending ? -order : order
    }
    return 0
  })
}

function ordered(left: Cell, right: Cell): number {
  if (typeof left === 'number' || typeof left === 'boolean') return Number(left) - Number(right)
  return byCodePoint(String(left), String(right))
}

function grouped({ from, by, aggregates }: Extract<Relation, { readonly op: 'group' }>): readonly Row[] {
  const groups = new Map<string, { readonly keys: readonly Cell[]; readonly rows: Row[] }>()
  if (by.length === 0) groups.set('[]', { keys: [], rows: [] })
  for (const row of rowsOf(from)) {
    const keys = by.map(({ value }) => scalar(value, row))
    const group = groups.get(JSON.stringify(keys)) ?? { keys, rows: [] }
    groups.set(JSON.stringify(keys), group)
    group.rows.push(row)
  }
  return [...groups.values()].map(({ keys, rows }) => {
    const cells = aggregates.map(one => [one.name, aggregated(one, rows)] as const)
    return new Map([...by.map(({ name }, at) => [name, keys[at] ?? null] as const), ...cells])
  })
}

function aggregated({ fn, of, where }: Aggregate, all: readonly Row[]): Cell {
  const rows = where === undefined ? all : all.filter(row => scalar(where, row) === true)
  if (fn === 'count_rows' || of === undefined) return rows.length
  const cells = rows
    .map(row => scalar(of, row))
    .flatMap(cell => (Array.isArray(cell) ? cell : cell === null ? [] : [cell]))
  switch (fn) {
    case 'count':
      return cells.length
    case 'count_distinct':
      return new Set(cells).size
    case 'any_true':
      return cells.includes(true)
    case 'sum':
      return cells.length === 0 ? null : cells.reduce<number>((sum, cell) => sum + Number(cell), 0)
    case 'values':
      return cells.length === 0 ? null : [...new Set(cells.map(String))].sort(byCodePoint)
    case 'min':
    case 'max':
      return extreme(cells, fn)
    default:
      throw new Error(`the plain evaluator has no ${fn}`)
  }
}

/** Of texts: as numbers if all are. */
function extreme(cells: readonly Cell[], fn: 'min' | 'max'): Cell {
  const numeric = cells.every(cell => numberOf(cell) !== null)
  const order = (a: Cell, b: Cell): number =>
    numeric ? Number(numberOf(a)) - Number(numberOf(b)) : byCodePoint(String(a), String(b))
  const [first = null] = [...cells].sort((a, b) => (fn === 'min' ? order(a, b) : order(b, a)))
  return first
}

function unnested(
  { of, as, place, keepEmpty }: Extract<Relation, { readonly op: 'unnest' }>,
  row: Row,
): readonly Row[] {
  const list = scalar(of, row)
  const placed = (at: number): readonly (readonly [string, Cell])[] =>
    place === undefined ? [] : [[place, at]]
  if (Array.isArray(list))
    return list.map((member: string, at) => new Map<string, Cell>([...row, [as, member], ...placed(at)]))
  return keepEmpty ? [new Map<string, Cell>([...row, [as, null], ...placed(0)])] : []
}

function joined({ how, left, right, on }: Extract<Relation, { readonly op: 'join' }>): readonly Row[] {
  const others = rowsOf(right)
  const nothing = columnsOf(right).map(({ name }) => [name, null] as const)
  return rowsOf(left).flatMap(row => {
    const pairs = others.map(other => new Map([...row, ...other])).filter(pair => scalar(on, pair) === true)
    return pairs.length > 0 || how === 'inner' ? pairs : [new Map<string, Cell>([...row, ...nothing])]
  })
}
