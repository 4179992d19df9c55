import type { Context } from '../context/context.ts'
import { approvalValue } from '../context/describe.ts'
import type { Row } from '../context/row.ts'
import { standing } from '../context/validity.ts'
import type { FieldValue, Hit } from '../core/hit.ts'

/** The approvals that a hit names, as entries of the tables. */
export function approvalsNamed(context: Context | undefined, { approvals = [] }: Hit): readonly Row[] {
  return approvals.flatMap(({ field: table, value }) => context?.tables.get(table)?.rows[Number(value)] ?? [])
}

/** What is to be shown of approvals that would have kept a hit away, and did not hold at its time. */
export function lapsedValues(context: Context | undefined, hit: Hit): readonly FieldValue[] {
  const { time } = hit.event
  if (time === undefined) return []
  return approvalsNamed(context, hit)
    .map(entry => ({ entry, stands: standing(entry, time) }))
    .filter(({ stands }) => stands !== 'valid')
    .map(({ entry, stands }) => approvalValue(entry, stands))
}
