import type { Pipeline } from '../../../plan/pipeline.ts'
import type { SortKey } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { as, call, choose, isNull, not, number } from '../../../plan/scalars.ts'
import type { SortField } from '../syntax/tree.ts'
import { type Context, fieldOf } from './context.ts'

/**
 * Missing values come last either way. Numbers come before addresses and those before texts, unless a key says how it is
 * meant; the other way round texts come before numbers.
 */
export function sortKeys(
  rows: Pipeline,
  fields: readonly SortField[],
  context: Context,
  flipped = false,
): readonly SortKey[] {
  return fields.flatMap(({ field, descending, how }) => {
    const down = descending !== flipped
    return partsOf(fieldOf(rows, field, context), how, down).map(value => ({ value, descending: down }))
  })
}

function partsOf(value: Scalar, how: SortField['how'], down: boolean): readonly Scalar[] {
  const words = as('text', value)
  switch (how) {
    case 'str':
      return [words]
    case 'num':
      return [as('number', value)]
    case 'ip':
      return [call('ip_key', words)]
    default: {
      if (value.type === 'number') return [value]
      const numeric = as('number', value)
      const wordy = choose(not(isNull(value)), choose(isNull(numeric), number(1), number(0)))
      return [...(down ? [wordy] : []), numeric, call('ip_key', words), words]
    }
  }
}
