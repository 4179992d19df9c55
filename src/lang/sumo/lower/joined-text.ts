import type { Scalar } from '../../../plan/scalar.ts'
import { call, coalesce, text } from '../../../plan/scalars.ts'

/** Texts as one, by which rows can be compared. */
export function joinedText(parts: readonly Scalar[]): Scalar {
  const [only] = parts
  if (only === undefined) return text('')
  return call('concat', ...parts.flatMap(part => [coalesce(part, text('')), text('\u001f')]))
}
