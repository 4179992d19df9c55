import type { Span } from '../../../core/diagnostic.ts'
import { parseNetwork } from '../../../core/ip.ts'
import { nearest } from '../../../core/nearest.ts'
import type { ContextColumn, ContextRow, ContextTable } from '../../../plan/context-table.ts'
import type { ApprovalPlace } from '../../../plan/expr.ts'
import type { Pattern } from '../../../plan/pattern.ts'
import { readPattern } from '../../../plan/read-pattern.ts'
import type { Reading } from '../reading.ts'
import { timeField } from '../time-field.ts'
import type { Validity } from './modifier.ts'

/** A value of a table: a text, a pattern or a network, for events of a time. */
export interface TableValue {
  readonly raw: string
  readonly pattern: Pattern
  readonly network?: true
  readonly during?: Validity
}

/**
 * The values of `table.column`. A table that is missing refuses the rule; one that is empty or stale lets it run, with a
 * warning that goes with the rule.
 */
export function tableValues(name: string, reading: Reading, at: Span): readonly TableValue[] {
  const [tableName = '', columnName = ''] = name.split('.')
  const table = reading.tables.find(one => one.name === tableName)
  const column = table?.columns.find(one => one.name === columnName)
  if (table === undefined || table.state === 'missing') return noTable(tableName, table, reading, at)
  if (column === undefined) return noColumn(columnName, table, reading, at)
  if (table.caveat !== undefined) {
    const code = table.state === 'empty' ? 'sigma/empty-table' : 'sigma/stale-table'
    reading.problems.warn(code, `the rule may miss, or say too much: ${table.caveat}`, { at })
  }
  if (table.rows.some(isTimed) && timeField(reading.logsource) === undefined) {
    const message = `approvals of ${table.name} hold for a time, and where the log has its times is not known`
    reading.problems.error('sigma/approval-time', message, { at, help: 'name the product of the log source' })
    return []
  }
  return table.rows.flatMap((row, place) => {
    const during = validityOf(row, { table: tableName, row: place })
    return (row.cells.get(columnName) ?? []).map(text => valueOfCell(text, column, during))
  })
}

function isTimed({ from, until }: ContextRow): boolean {
  return from !== undefined || until !== undefined
}

function validityOf(row: ContextRow, place: ApprovalPlace): Validity | undefined {
  const { from, until } = row
  if (!isTimed(row)) return undefined
  const range = { ...(from === undefined ? {} : { from }), ...(until === undefined ? {} : { until }) }
  return { ...range, approvals: [place] }
}

function valueOfCell(text: string, { type }: ContextColumn, during: Validity | undefined): TableValue {
  const network = type === 'network' || (type === 'place' && text.includes('/') && isNetwork(text))
  const wild = type === 'pattern' || type === 'place'
  return {
    raw: text,
    pattern: wild && !network ? readPattern(text) : [text],
    ...(network ? { network } : {}),
    ...(during === undefined ? {} : { during }),
  }
}

function isNetwork(text: string): boolean {
  return typeof parseNetwork(text) !== 'string'
}

function noTable(
  name: string,
  table: ContextTable | undefined,
  { tables, problems }: Reading,
  at: Span,
): readonly [] {
  const close =
    table === undefined
      ? nearest(
          name,
          tables.map(one => one.name),
        )
      : undefined
  problems.error('sigma/missing-table', `the rule asks for the table "${name}", which is not there`, {
    at,
    help:
      close === undefined
        ? `put ${name}.yaml or ${name}.csv into the folder of --context`
        : `did you mean "${close}"?`,
  })
  return []
}

function noColumn(
  name: string,
  { name: table, columns }: ContextTable,
  { problems }: Reading,
  at: Span,
): readonly [] {
  const names = columns.map(one => one.name)
  const close = nearest(name, names)
  problems.error('sigma/missing-column', `the table ${table} has no column "${name}"`, {
    at,
    help: close === undefined ? `it has ${names.join(', ')}` : `did you mean "${close}"?`,
  })
  return []
}
