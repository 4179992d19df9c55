import { terminalSafe } from '../core/terminal.ts'
import { ENTITY_KINDS, type Finding } from '../findings/finding.ts'
import type { Report, Write } from './report.ts'

/** Records that a cell points to; the others are in the JSON. */
const MOST_EVIDENCE = 20

/** What a cell is made of. */
export type Cell = string | number | readonly string[] | undefined

interface Column {
  readonly name: string
  readonly cell: (finding: Finding) => Cell
}

const COLUMNS: readonly Column[] = [
  { name: 'id', cell: finding => finding.id },
  { name: 'level', cell: finding => finding.level },
  { name: 'first_time', cell: finding => finding.first_time },
  { name: 'last_time', cell: finding => finding.last_time },
  { name: 'title', cell: finding => finding.title },
  { name: 'count', cell: finding => finding.count },
  { name: 'outcome', cell: finding => finding.outcome },
  { name: 'why', cell: finding => finding.why },
  { name: 'rule_id', cell: finding => finding.rule_id },
  { name: 'status', cell: finding => finding.status },
  { name: 'attack', cell: finding => finding.attack },
  { name: 'entity_kind', cell: finding => finding.entity.kind },
  { name: 'entity', cell: finding => finding.entity.value },
  ...ENTITY_KINDS.map(kind => ({ name: kind, cell: (finding: Finding) => finding.entities[kind] })),
  { name: 'actions', cell: finding => finding.actions },
  {
    name: 'errors',
    cell: finding => Object.entries(finding.errors).map(([code, count]) => `${code}: ${count}`),
  },
  { name: 'matched', cell: finding => fields(finding.matched) },
  { name: 'shown', cell: finding => fields(finding.shown) },
  { name: 'description', cell: finding => finding.description },
  { name: 'falsepositives', cell: finding => finding.falsepositives },
  { name: 'references', cell: finding => finding.references },
  { name: 'author', cell: finding => finding.author },
  {
    name: 'evidence',
    cell: finding => finding.evidence.slice(0, MOST_EVIDENCE).map(({ file, record }) => `${file}#${record}`),
  },
]

/**
 * RFC 4180 with a head line, one line a finding. Lists are joined with ` ¦ `; characters that would not be
 * seen stand as escapes. A cell that a spreadsheet would take for a formula, and that is no number, begins with an apostrophe.
 */
export function writeCsv({ findings }: Report, write: Write): void {
  write(csvLine(COLUMNS.map(({ name }) => name)))
  for (const finding of findings) write(csvLine(COLUMNS.map(({ cell }) => cell(finding))))
}

/** One line: lists joined with ` ¦ `, no cell a formula, nothing that would not be seen. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(cell => quoted(text(cell))).join(',')}\r\n`
}

function fields(table: { readonly [field: string]: readonly string[] }): readonly string[] {
  return Object.entries(table).flatMap(([field, values]) => values.map(value => `${field}=${value}`))
}

function text(cell: Cell): string {
  if (cell === undefined) return ''
  const joined = typeof cell === 'object' ? cell.join(' ¦ ') : String(cell)
  return FORMULA.test(joined) && !NUMBER.test(joined) ? `'${terminalSafe(joined)}` : terminalSafe(joined)
}

/** What makes a spreadsheet compute a cell, the wide forms of East Asian keyboards included. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/
/** Nothing is computed of it. */
const NUMBER = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i

function quoted(cell: string): string {
  return /[",;]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
