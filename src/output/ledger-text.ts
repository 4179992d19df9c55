import { bytesText, counted, firstFew, thousands } from '../core/quantity.ts'
import { terminalSafe } from '../core/terminal.ts'
import type { FileEnd, FileEntry, Ledger, LedgerTotals, RuleEnd, RuleEntry } from '../findings/ledger.ts'
import { FILE_ENDS, RULE_ENDS, troubled, troubleText } from './ledger-words.ts'
import { painter } from './levels.ts'
import { lossText } from './verdict.ts'

export interface LedgerTextOptions {
  readonly colour: boolean
  /** Entries of one list that are named; the rest is counted. */
  readonly most?: number
}

/** The summary after a hunt: where every file, record and rule went, and last whether anything was lost. */
export function ledgerText(ledger: Ledger, { colour, most = 10 }: LedgerTextOptions): string {
  const { files, rules, totals } = ledger
  const lines = [
    filesLine(files, totals),
    ...bounded(troubled(files).map(fileLine), most),
    recordsLine(totals),
    ...(Object.keys(totals.rules).length === 0 ? [] : [rulesLine(totals)]),
    ...bounded(rules.filter(({ end }) => end === 'refused').map(refusedLine), most),
    ...bounded(rules.filter(({ end }) => end === 'never-able').map(neverAbleLine), most),
  ]
  const last = lossText(totals) ?? 'Nothing was lost.'
  const paint = painter(colour)
  return `${[...lines, totals.lost ? paint.level('critical', last) : last].join('\n')}\n`
}

function filesLine(files: readonly FileEntry[], totals: LedgerTotals): string {
  const ends = new Map<FileEnd, number>()
  for (const { end } of files) ends.set(end, (ends.get(end) ?? 0) + 1)
  const parts = Object.entries(FILE_ENDS).map(
    ([end, words]) => [ends.get(end as FileEnd) ?? 0, words] as const,
  )
  const size = `${bytesText(totals.bytes)}, ${bytesText(totals.unpacked)} unpacked`
  return `Files    ${counted(totals.files, 'file')}${list(parts)}; ${size}`
}

function recordsLine(totals: LedgerTotals): string {
  const apart = Object.entries(totals.apart)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([what, count]) => [count, terminalSafe(what)] as const)
  const events = [
    [totals.distinct, 'distinct events'],
    [totals.duplicates, 'duplicates'],
    [totals.conflicting, 'ids whose copies differ'],
    [totals.without_id, 'without an id'],
    [totals.without_time, 'without a time'],
    [totals.outside, 'outside the time range'],
    [totals.failed, 'could not be read'],
  ] as const
  return `Records  ${counted(totals.records, 'record')}${list([...events, ...apart])}`
}

function rulesLine({ rules }: LedgerTotals): string {
  const parts = Object.entries(RULE_ENDS).map(([end, words]) => [rules[end as RuleEnd] ?? 0, words] as const)
  const all = parts.reduce((sum, [count]) => sum + count, 0)
  return `Rules    ${counted(all, 'rule')}${list(parts)}`
}

function list(parts: readonly (readonly [number, string])[]): string {
  const told = parts.filter(([count]) => count > 0).map(([count, words]) => `${thousands(count)} ${words}`)
  return told.length === 0 ? '' : `: ${told.join(', ')}`
}

function bounded(lines: readonly string[], most: number): readonly string[] {
  const rest = lines.length - most
  return rest <= 0 ? lines : [...lines.slice(0, most), `  … and ${thousands(rest)} more, see --ledger FILE`]
}

function fileLine(entry: FileEntry): string {
  const text = troubleText(entry)
  return `  ${FILE_ENDS[entry.end]}: ${terminalSafe(text === '' ? entry.file : `${entry.file}: ${text}`)}`
}

function refusedLine({ file, title, problems }: RuleEntry): string {
  const rest = problems.length > 1 ? `, and ${counted(problems.length - 1, 'other problem')}` : ''
  return `  refused: ${terminalSafe(problems[0] ?? `${file}: ${title}`)}${rest}`
}

function neverAbleLine({ title, missing }: RuleEntry): string {
  return `  never able to match: ${terminalSafe(`${title}: never seen here: ${firstFew(missing, 2)}`)}`
}
