import { filter } from '../../../plan/pipeline.ts'
import type { Named } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { coalesce, column, either, isNull, known, not } from '../../../plan/scalars.ts'
import type { Name } from '../syntax-parts.ts'
import { assign, type Context, type Flow, fieldValue, find, withRows } from './flow.ts'
import { alike, textOf } from './values.ts'

/** What a parse operator reads: the given field, or the message. */
export function sourceOf(field: Name | undefined, flow: Flow, context: Context): Scalar {
  return textOf(fieldValue(flow, context, field?.name ?? '_raw', field?.at))
}

/** What was extracted from a row. */
export interface Found {
  /** Did it match? True or false. */
  readonly matched: Scalar
  /** Null where it did not match. */
  readonly fields: readonly Named[]
  readonly nodrop: boolean
}

/**
 * Sets what was extracted; where there is nothing, a field keeps what it had. Rows that do not match go, unless
 * `nodrop` keeps them or one of the `parse … nodrop` stages right before matched.
 */
export function extracted(flow: Flow, { matched, fields, nodrop }: Found): Flow {
  const before = flow.parsed === undefined ? [] : [column(flow.parsed, 'boolean')]
  const any = either(...before.map(known), matched)
  const rest = nodrop ? flow : withRows(flow, filter(flow.rows, any))
  const kept = fields.map(({ name, value }) => ({ name, value: keeping(flow, name, value) }))
  if (!nodrop) return assign(rest, kept)
  const noted = assign(rest, [...kept, { name: PARSED, value: any }])
  return { ...noted, parsed: PARSED }
}

const PARSED = '$parsed'

/** A value, or where it is null what the field had before. */
export function keeping(flow: Flow, name: string, value: Scalar): Scalar {
  const had = find(flow, name)
  if (had === undefined) return value
  const [now, before] = alike(value, had)
  return coalesce(now, before)
}

/** Are all of them there? */
export function allThere(values: readonly Scalar[]): Scalar {
  return { kind: 'and', of: values.map(value => not(isNull(value))), type: 'boolean' }
}
