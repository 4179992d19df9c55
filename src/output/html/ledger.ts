import { type Html, html } from '../../core/html.ts'
import { bytesText, counted, thousands } from '../../core/quantity.ts'
import type { FileEntry, Ledger, LedgerTotals, RuleEnd, RuleEntry } from '../../findings/ledger.ts'
import { FILE_ENDS, RULE_ENDS, troubled, troubleText } from '../ledger-words.ts'
import { approvalsHtml } from './approvals.ts'
import { listCard } from './list-card.ts'

/** What was read, lost, refused and never able: the end of the report. */
export function ledgerHtml(ledger: Ledger): Html {
  const { files, rules, totals } = ledger
  return html`<section id="ledger">
<h2>What was read, and what was not</h2>
<div class="facts">
<div class="card"><h3>Files</h3>${facts(fileFacts(files, totals))}</div>
<div class="card"><h3>Records</h3>${facts(recordFacts(totals))}</div>
<div class="card"><h3>Rules</h3>${facts(ruleFacts(totals))}</div>
</div>
${listCard(FILES, troubled(files), fileRow)}
${listCard(REFUSED, ended(rules, 'refused'), refusedRow)}
${listCard(NEVER_ABLE, ended(rules, 'never-able'), neverAbleRow)}
${listCard(NOTES, rules.flatMap(notesOf), noteRow)}
${approvalsHtml(ledger)}
</section>
`
}

const rest = 'the whole list is in the ledger that --ledger FILE writes'
const FILES = { heading: 'Files with problems', heads: ['File', 'End', 'Problems'], rest }
const REFUSED = { heading: 'Rules that were refused', heads: ['Rule', 'Why'], rest }
const NEVER_ABLE = {
  heading: 'Rules that could not match, for want of a field',
  heads: ['Rule', 'Never seen in these logs'],
  rest,
}

const NOTES = { heading: 'What is to be said of how rules ran', heads: ['Rule', 'Note'], rest }

type Fact = readonly [string, string | number]

function facts(list: readonly Fact[]): Html {
  return html`<dl>${list.map(([name, value]) => html`<dt>${name}</dt><dd>${typeof value === 'number' ? thousands(value) : value}</dd>`)}</dl>`
}

function fileFacts(files: readonly FileEntry[], totals: LedgerTotals): readonly Fact[] {
  const ends = Object.entries(FILE_ENDS).map(
    ([end, words]) => [words, files.filter(file => file.end === end).length] as const,
  )
  return [
    ['files', totals.files],
    ...ends.filter(([, count]) => count > 0),
    ['size', bytesText(totals.bytes)],
    ['unpacked', bytesText(totals.unpacked)],
  ]
}

function recordFacts(totals: LedgerTotals): readonly Fact[] {
  const optional: readonly (readonly [string, number])[] = [
    ['ids whose copies differ', totals.conflicting],
    ['without an id', totals.without_id],
    ['without a time', totals.without_time],
    ['outside the time range', totals.outside],
    ...Object.entries(totals.apart).sort(([a], [b]) => (a < b ? -1 : 1)),
  ]
  return [
    ['records', totals.records],
    ['distinct events', totals.distinct],
    ['duplicates', totals.duplicates],
    ...optional.filter(([, count]) => count > 0),
    ['could not be read', totals.failed],
  ]
}

function ruleFacts({ rules }: LedgerTotals): readonly Fact[] {
  return Object.entries(RULE_ENDS)
    .map(([end, words]) => [words, rules[end as RuleEnd] ?? 0] as const)
    .filter(([, count]) => count > 0)
}

function ended(rules: readonly RuleEntry[], end: RuleEnd): readonly RuleEntry[] {
  return rules.filter(rule => rule.end === end)
}

function fileRow(entry: FileEntry): Html {
  return html`<tr><td><code>${entry.file}</code></td><td>${FILE_ENDS[entry.end]}</td><td>${troubleText(entry)}</td></tr>`
}

function refusedRow({ title, file, problems }: RuleEntry): Html {
  const rest = problems.length > 1 ? `; and ${counted(problems.length - 1, 'other problem')}` : ''
  return html`<tr><td>${title === '' ? file : title}</td><td><code>${problems[0] ?? ''}</code>${rest}</td></tr>`
}

function neverAbleRow({ title, missing }: RuleEntry): Html {
  return html`<tr><td>${title}</td><td><code>${missing.join(', ')}</code></td></tr>`
}

interface Note {
  readonly title: string
  readonly note: string
}

function notesOf({ title, notes = [] }: RuleEntry): readonly Note[] {
  return notes.map(note => ({ title, note }))
}

function noteRow({ title, note }: Note): Html {
  return html`<tr><td>${title}</td><td>${note}</td></tr>`
}
