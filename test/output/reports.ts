import type { Finding } from '../../src/findings/finding.ts'
import { FindingList, listOf } from '../../src/findings/finding-list.ts'
import type { Ledger, LedgerTotals } from '../../src/findings/ledger.ts'
import { type FormatName, formats } from '../../src/output/formats.ts'
import type { FormatOptions, Report } from '../../src/output/report.ts'

interface Given extends Partial<Omit<Report, 'findings'>> {
  readonly findings?: readonly Finding[] | FindingList
}

const TOTALS: LedgerTotals = {
  files: 2,
  files_lost: 0,
  bytes: 1000,
  unpacked: 8000,
  records: 1200,
  events: 1100,
  distinct: 1000,
  duplicates: 100,
  conflicting: 0,
  without_id: 0,
  without_time: 0,
  outside: 0,
  failed: 0,
  apart: {},
  rules: { ran: 60 },
  lost: false,
}

export function ledger(
  totals: Partial<LedgerTotals> = {},
  more: Partial<Omit<Ledger, 'totals'>> = {},
): Ledger {
  return { files: [], rules: [], ...more, totals: { ...TOTALS, ...totals } }
}

/** A report with these findings, which are there already. */
export function report({ findings = [], ...more }: Given = {}): Report {
  const list = findings instanceof FindingList ? findings : listOf(findings)
  return { findings: list, ledger: ledger(), title: 'Hunt report', inputs: ['logs'], ...more }
}

/** All that a format writes. */
export function printed(
  name: FormatName,
  what: Report,
  options: FormatOptions = { colour: false, width: 100 },
): string {
  const pieces: string[] = []
  formats[name](what, text => pieces.push(text), options)
  return pieces.join('')
}
