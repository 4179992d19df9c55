import { counted } from '../core/quantity.ts'
import { terminalSafe } from '../core/terminal.ts'
import type { ContextEntry } from '../findings/ledger.ts'

/** What became of the organisation's tables, and what its approvals marked; nothing if none were given. */
export function contextLines(context: ContextEntry | undefined): readonly string[] {
  if (context === undefined) return []
  const { tables, approvals, suppressed, hidden } = context
  const rows = tables.reduce((sum, table) => sum + table.rows, 0)
  const refused = tables.reduce((sum, table) => sum + table.refused, 0)
  const lost = refused === 0 ? '' : `, ${counted(refused, 'row')} refused`
  return [
    `Context  ${counted(tables.length, 'table')}: ${counted(rows, 'entry', 'entries')}${lost}`,
    ...tables.flatMap(({ caveat }) => (caveat === undefined ? [] : [`  ${terminalSafe(caveat)}`])),
    ...approvals.map(
      ({ entry, count }) =>
        `  ${hidden ? 'hidden' : 'approved'} by ${terminalSafe(entry)}: ${counted(count, 'match', 'matches')}`,
    ),
    ...suppressed.map(
      ({ rule, entry, count }) =>
        `  hidden from ${terminalSafe(rule)} by ${terminalSafe(entry)}: ${counted(count, 'match', 'matches')}`,
    ),
  ]
}
