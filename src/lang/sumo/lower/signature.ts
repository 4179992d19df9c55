import type { Span } from '../../../core/diagnostic.ts'
import { group } from '../../../plan/pipeline.ts'
import type { Named } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import type { Name } from '../syntax-parts.ts'
import { type Context, type Flow, fieldValue, flowOf } from './flow.ts'
import { textOf } from './values.ts'

/** A word that holds a digit, or stands between quotes. */
const VARIABLE = '"[^"]*"|[\\w.:@/-]*\\d[\\w.:@/-]*'

/** The messages, or the values of a field, counted by their signatures: `signature` and `_count`, behind other keys. */
export function signatures(
  flow: Flow,
  context: Context,
  { of, keys = [] }: { readonly of?: Name; readonly keys?: readonly Named[] } = {},
): Flow {
  const signature: Scalar = {
    kind: 'substitute',
    of: textOf(fieldValue(flow, context, of?.name ?? '_raw', of?.at)),
    regex: { source: VARIABLE, caseless: false, multiline: false, dotall: true },
    by: '*',
    all: true,
    type: 'text',
  }
  const count = { name: '_count', fn: 'count_rows', type: 'number' } as const
  return flowOf(group(flow.rows, [...keys, { name: 'signature', value: signature }], [count]), false)
}

/** Says that what an operator of Sumo Logic does is not published, and what is done here. */
export function noteSubstitute(context: Context, operator: string, done: string, at: Span): void {
  context.environment.note({
    code: 'sumo/substitute',
    severity: 'warning',
    message: `how "${operator}" finds signatures is not published: ${done} are one here`,
    at,
  })
}

/** What `signatures` puts together, in words. */
export const ALIKE = 'messages that differ only in words with digits and in quoted texts'
