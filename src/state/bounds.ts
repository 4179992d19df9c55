import type { Bound } from '../plan/state-rule.ts'

/** Does the value keep all bounds? */
export function keeps(bounds: readonly Bound[], value: number): boolean {
  return bounds.every(bound => keepsOne(bound, value))
}

function keepsOne({ order, value: bound }: Bound, value: number): boolean {
  switch (order) {
    case 'gt':
      return value > bound
    case 'gte':
      return value >= bound
    case 'lt':
      return value < bound
    case 'lte':
      return value <= bound
    case 'eq':
      return value === bound
    case 'neq':
      return value !== bound
  }
}

/** Is more worse? So it is unless there is only a bound above. */
export function grows(bounds: readonly Bound[]): boolean {
  return (
    bounds.every(({ order }) => order === 'neq') ||
    bounds.some(({ order }) => order !== 'lt' && order !== 'lte')
  )
}
