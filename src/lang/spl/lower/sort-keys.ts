import type { Pipeline } from '../../../plan/pipeline.ts'
import type { SortKey } from '../../../plan/relation.ts'
import { as, call } from '../../../plan/scalars.ts'
import type { SortField } from '../syntax/tree.ts'
import { type Context, fieldOf } from './context.ts'

/** Numbers come before addresses and those before texts, unless a key says how it is meant. */
export function sortKeys(
  rows: Pipeline,
  keys: readonly SortField[],
  context: Context,
  flipped = false,
): readonly SortKey[] {
  return keys.flatMap(({ field, descending, how }) => {
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
    return parts.map(part => ({ value: part, descending: descending !== flipped }))
  })
}
