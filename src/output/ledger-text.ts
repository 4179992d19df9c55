import { bytesText, counted, firstFew, thousands } from '../core/quantity.ts'
import { terminalSafe } from '../core/terminal.ts'
import type { FileEnd, FileEntry, Ledger, LedgerTotals, RuleEnd, RuleEntry } from '../findings/ledger.ts'
import { contextLines } from './context-text.ts'
import { FILE_ENDS, RULE_ENDS, troubled, troubleText } from './ledger-words.ts'
import { painter } from './levels.ts'
import { lossText } from './verdict.ts'

export interface LedgerTextOptions {
  readonly colour: boolean
  /** Entries of one list that are named; the rest is counted. */
  readonly most?: number
}

/** Rules named that could never match: with rules for everything there are many in any data. */
const NEVER_ABLE = 3

/** The summary after a hunt: where every file, record and rule went, and last whether anything was lost. */
export function ledgerText(ledger: Ledger, { colour, most = 10 }: LedgerTextOptions): string {
  const { files, rules, totals } = ledger
  const lines = [
    filesLine(files, totals),
    ...bounded(fileLines(files), most),
    recordsLine(totals),
    ...(Object.keys(totals.rules).length === 0 ? [] : [rulesLine(totals)]),
    ...bounded(rules.filter(({ end }) => end === 'refused').map(refusedLine), most),
    ...bounded(
      rules.filter(({ end }) => end === 'never-able').map(neverAbleLine),
      Math.min(most, NEVER_ABLE),
    ),
    ...bounded(rules.flatMap(noteLines), 2 * most),
    ...bounded(contextLines(ledger.context), 2 * most),
  ]
  const loss = lossText(totals)
  const last = loss === undefined ? 'Nothing was lost.' : painter(colour).level('critical', loss)
  return `${[...lines, last].join('\n')}\n`
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
  const differing = totals.events - totals.distinct - totals.duplicates
  const ids = counted(totals.conflicting, 'id')
  const events: readonly Part[] = [
    [totals.distinct, 'distinct event', 'distinct events'],
    [totals.duplicates, 'duplicate', 'duplicates'],
    [differing, `more copy that differs (${ids})`, `more copies that differ (${ids})`],
    [totals.without_id, 'without an id'],
    [totals.without_time, 'without a time'],
    [totals.outside, 'outside the time range'],
    [totals.failed, 'could not be read'],
  ]
  return `Records  ${counted(totals.records, 'record')}${list([...events, ...apart])}`
}

function rulesLine({ rules }: LedgerTotals): string {
  const parts = Object.entries(RULE_ENDS).map(([end, words]) => [rules[end as RuleEnd] ?? 0, words] as const)
  const all = parts.reduce((sum, [count]) => sum + count, 0)
  return `Rules    ${counted(all, 'rule')}${list(parts)}`
}

/** How many, of what, and the words for more than one where they are others. */
type Part = readonly [count: number, words: string, more?: string]

function list(parts: readonly Part[]): string {
  const told = parts
    .filter(([count]) => count > 0)
    .map(([count, words, more = words]) => counted(count, words, more))
  return told.length === 0 ? '' : `: ${told.join(', ')}`
}

function bounded(lines: readonly string[], most: number): readonly string[] {
  const rest = lines.length - most
  return rest <= 0 ? lines : [...lines.slice(0, most), `  … and ${thousands(rest)} more, see --ledger FILE`]
}

/** A line a file, and one for all that were left out for one reason. */
function fileLines(files: readonly FileEntry[]): readonly string[] {
  const others = troubled(files.filter(({ end }) => end !== 'skipped'))
  const skipped = new Map<string, { readonly file: string; count: number }>()
  for (const entry of files) {
    if (entry.end !== 'skipped') continue
    const why = troubleText(entry)
    const same = skipped.get(why) ?? { file: entry.file, count: 0 }
    same.count++
    skipped.set(why, same)
  }
  const lines = [...skipped].map(([why, { file, count }]) => {
    return `  ${FILE_ENDS.skipped}: ${terminalSafe(`${count === 1 ? file : counted(count, 'file')}: ${why}`)}`
  })
  return [...others.map(fileLine), ...lines]
}

function fileLine(entry: FileEntry): string {
  const text = troubleText(entry)
  return `  ${FILE_ENDS[entry.end]}: ${terminalSafe(text === '' ? entry.file : `${entry.file}: ${text}`)}`
}

function refusedLine({ file, title, problems }: RuleEntry): string {
  const rest = problems.length > 1 ? `, and ${counted(problems.length - 1, 'other problem')}` : ''
  return `  refused: ${terminalSafe(problems[0] ?? `${file}: ${title}`)}${rest}`
}

/** What an analytic could not see. */
function noteLines({ title, notes = [] }: RuleEntry): readonly string[] {
  return notes.map(note => `  ${terminalSafe(`${title}: ${note}`)}`)
}

function neverAbleLine({ title, missing }: RuleEntry): string {
  return `  never able to match: ${terminalSafe(`${title}: never seen here: ${firstFew(missing, 2)}`)}`
}
