import type { SearchRule } from '../../rules/search-rule.ts'
import type { HiddenEvent } from '../hidden-events.ts'
import { approvalPlaces, UNTOLD } from '../named-approvals.ts'
import type { HiddenRow } from './approval-effects.ts'
import { eventOfRow } from './row-event.ts'
import { entityOfRow } from './row-findings.ts'

/**
 * What the ledger is told of a row that approvals hide: its event, else, of a row that was computed of many, what it is attributed
 * to and when. `tables` are those that the search asked for, for when it cannot be told which of their entries it was.
 */
export function hiddenEvent(
  rule: SearchRule,
  { row, approvals }: HiddenRow,
  tables: ReadonlySet<string>,
): HiddenEvent {
  const { id, time } = row.event?.event ?? { ...eventOfRow(row), id: entityOfRow(rule, row) }
  const untold = [{ field: [...tables].sort().join(', '), value: UNTOLD }]
  return {
    event: { ...(id === undefined ? {} : { id }), ...(time === undefined ? {} : { time }) },
    approvals: approvals.length === 0 ? untold : approvalPlaces(approvals),
  }
}
