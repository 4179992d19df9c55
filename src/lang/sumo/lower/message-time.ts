import type { Span } from '../../../core/diagnostic.ts'
import type { LookupTable } from '../../../plan/lowering.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { as, call, number } from '../../../plan/scalars.ts'
import { type Context, type Flow, find } from './flow.ts'

/** When a message came, in seconds; nothing of rows that are no messages. */
export function messageTime(flow: Flow): Scalar | undefined {
  const time = find(flow, '_messagetime')
  return time === undefined ? undefined : call('divide', as('number', time), number(1000))
}

/** Says of a table whose rows hold for a time that rows without one meet none of it. */
export function noteWithoutTime(table: LookupTable, flow: Flow, { environment }: Context, at: Span): void {
  if (table.expires !== true || messageTime(flow) !== undefined) return
  const message = `"${table.name}" holds approvals, which are judged at the time of a message: these rows have none, and meet nothing`
  const help = 'look them up before messages are put together'
  environment.note({ code: 'sumo/lookup-time', severity: 'warning', message, at, help })
}
