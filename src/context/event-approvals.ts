import { actionText } from '../core/action-text.ts'
import type { NormalEvent } from '../core/event.ts'
import type { Context } from './context.ts'
import { namesOf } from './identity-class.ts'
import type { Lookups } from './lookups.ts'
import { cells, type Row, timeCell } from './row.ts'
import { isWithin } from './schedule.ts'
import { type Standing, standing } from './validity.ts'

/** An approval that is about an event: by its identity and action, and where and when it happened. */
export interface EventApproval {
  readonly entry: Row
  /** Only a `valid` one approves. */
  readonly standing: Standing
}

/** The provisioning workflows and change windows that an event falls under; nothing without a time. */
export function eventApprovals(context: Context, event: NormalEvent): readonly EventApproval[] {
  const { time, action } = event
  if (time === undefined || action === undefined) return []
  const { lookups } = context
  const some = (row: Row, column: string, names: readonly (string | undefined)[]): boolean =>
    holds(lookups, row, column, names)
  const names = namesOf(event.actor)
  const actions = [action, actionText(event)]
  const workflows = names.flatMap(name => lookups.named('provisioning_workflows', 'identity', name))
  const windows = actions.flatMap(text => lookups.named('change_windows', 'actions', text))
  return [
    ...[...new Set(workflows)].filter(
      row => some(row, 'actions', actions) && some(row, 'tool', [event.userAgent]),
    ),
    ...[...new Set(windows)].filter(row => some(row, 'identity', names) && isOpen(row, time)),
  ]
    .filter(row => some(row, 'accounts', [event.account]) && some(row, 'regions', [event.region]))
    .map(entry => ({ entry, standing: standing(entry, time) }))
}

/** Does one of the names match one of the column's values? A column that is left out asks for nothing. */
function holds(lookups: Lookups, row: Row, column: string, names: readonly (string | undefined)[]): boolean {
  const wanted = cells(row, column)
  return (
    wanted.length === 0 || wanted.some(one => names.some(name => name !== undefined && lookups.is(one, name)))
  )
}

function isOpen(row: Row, time: number): boolean {
  const starts = timeCell(row, 'starts')
  const ends = timeCell(row, 'ends')
  if ((starts !== undefined && time < starts) || (ends !== undefined && time >= ends)) return false
  const schedules = cells(row, 'schedule')
  return schedules.length === 0 || schedules.some(text => isWithin(text, time))
}
