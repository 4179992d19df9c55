import type { Pipeline } from '../../../plan/pipeline.ts'
import type { SortKey } from '../../../plan/relation.ts'
import { as, call, choose, isNull, number } from '../../../plan/scalars.ts'
import type { SortField } from '../syntax/tree.ts'
import { type Context, fieldOf } from './context.ts'

/** Missing values come first where values ascend. Numbers come before addresses and those before texts, unless a key says how it is meant. */
export function sortKeys(
  rows: Pipeline,
  fields: readonly SortField[],
  context: Context,
  flipped = false,
): readonly SortKey[] {
  return fields.flatMap(({ field, descending, how }) => {
    const value = fieldOf(rows, field, context)
    const text = as('text', value)
    const parts =
      value.type === 'number' && how !== 'str'
        ? [value]
        : how === 'str'
          ? [text]
          : how === 'num'
            ? [as('number', value)]
            : how === 'ip'
              ? [call('ip_key', text)]
              : [as('number', value), call('ip_key', text), text]
    const down = descending !== flipped
    const keys = parts.map(part => ({ value: part, descending: down }))
    // A missing value is less than any other.
    return down ? keys : [{ value: choose(isNull(value), number(0), number(1)), descending: false }, ...keys]
  })
}
