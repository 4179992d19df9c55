import type { Cell } from '../../plan/relation.ts'

/** A value as the driver gives it, as a cell; whole numbers of other types become numbers. */
export function cellOf(value: unknown): Cell {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
      return value
    case 'bigint':
      return Number(value)
    default:
      return Array.isArray(value) ? value.map(member => String(cellOf(member) ?? '')) : otherCell(value)
  }
}

function otherCell(value: unknown): Cell {
  if (value === null || value === undefined) return null
  return value instanceof Date ? value.toISOString() : String(value)
}
