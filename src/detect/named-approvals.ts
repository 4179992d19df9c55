import type { Context } from '../context/context.ts'
import { approvalValue } from '../context/describe.ts'
import type { Row } from '../context/row.ts'
import { type Standing, standing } from '../context/validity.ts'
import type { FieldValue, Hit } from '../core/hit.ts'

/** Stands for the place of an approval where only its table is known. */
export const UNTOLD = '?'

/** Approvals as hits name them: table -> place in it. */
export function approvalPlaces(
  approvals: readonly { readonly table: string; readonly place: number }[],
): readonly FieldValue[] {
  return approvals.map(({ table, place }) => ({ field: table, value: String(place) }))
}

/** The approvals that a hit names, as entries of the tables; the name of the table where it cannot be told which entry it is. */
export function approvalsNamed(
  context: Context | undefined,
  { approvals = [] }: Pick<Hit, 'approvals'>,
): readonly (Row | string)[] {
  return approvals.flatMap(({ field: table, value }) =>
    value === UNTOLD ? table : (context?.tables.get(table)?.rows[Number(value)] ?? []),
  )
}

/** What is to be shown of approvals that would have kept a hit away, and did not hold at its time. */
export function lapsedValues(context: Context | undefined, hit: Hit): readonly FieldValue[] {
  const { time } = hit.event
  if (time === undefined) return []
  return approvalsNamed(context, hit)
    .filter(entry => typeof entry !== 'string')
    .map(entry => ({ entry, stands: standingOf(entry, time, hit) }))
    .filter(({ stands }) => stands !== 'valid')
    .map(({ entry, stands }) => approvalValue(entry, stands))
}

/** A row that was computed of many events has its time after them: what holds then and did not for them was made in between. */
function standingOf(entry: Row, time: number, { evidence }: Hit): Standing {
  const stands = standing(entry, time)
  return stands === 'valid' && evidence.file === '' ? 'retroactive' : stands
}
