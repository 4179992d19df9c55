import { createHash } from 'node:crypto'
import { type Html, html, markup } from '../../core/html.ts'
import { LEVELS, type Level } from '../../core/level.ts'
import { counted, firstFew, thousands } from '../../core/quantity.ts'
import type { FindingHead } from '../../findings/finding-list.ts'
import { bySeverity } from '../../findings/order.ts'
import { levelCounts, type Report, timeRange, timeText, type Write } from '../report.ts'
import { type RuleCount, ruleCounts } from '../rule-counts.ts'
import { lossText, verdict } from '../verdict.ts'
import { findingHtml } from './finding.ts'
import { histogram } from './histogram.ts'
import { ledgerHtml } from './ledger.ts'
import { listCard } from './list-card.ts'
import { script } from './script.ts'
import { style } from './style.ts'

/** Findings that are shown in full, the most serious first. */
const MOST_FINDINGS = 500
/** Inputs that are named at the head. */
const MOST_INPUTS = 3
const WORST_FIRST = [...LEVELS].reverse()

/**
 * One page that stands by itself, for somebody who was not there: nothing is fetched, and only the script
 * and style whose hashes the policy names are obeyed. Works without the script too.
 */
export function writeHtml(report: Report, write: Write): void {
  const sorted = bySeverity(report.findings.heads)
  const shown = sorted.slice(0, MOST_FINDINGS)
  write(markup(head(report)))
  write(markup(summary(report)))
  if (shown.length > 0) write(markup(tools(levelCounts(shown))))
  for (const level of WORST_FIRST) writeGroup(level, shown, write)
  write(markup(omitted(sorted.slice(MOST_FINDINGS))))
  write(markup(ledgerHtml(report.ledger)))
  write(
    markup(html`</main>
<footer>Made by nephoscope from the logs named above. Times are UTC.</footer>
<script>${script}</script>
</body>
</html>
`),
  )
}

function head({ title }: Report): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
`
}

function summary(report: Report): Html {
  const { title, inputs, generated, findings, ledger } = report
  const range = timeRange(findings.heads)
  const loss = lossText(ledger.totals)
  return html`<header>
<h1>${title}</h1>
<div class="meta">${inputs.length === 0 ? undefined : html`<span>${firstFew(inputs, MOST_INPUTS)}</span>`}${logRange(report)}${generated === undefined ? undefined : html`<span>made ${generated}</span>`}</div>
<p class="lead">${verdict(report)}</p>
${range === undefined ? undefined : html`<p class="meta">${rangeText(range)}</p>`}
${loss === undefined ? undefined : html`<div class="card loss"><p>${loss} <a href="#ledger">What was lost</a></p></div>`}
</header>
<main>
${findings.length === 0 ? undefined : levels(findings.heads)}
${histogram(findings.heads)}
`
}

function rangeText({ first, last }: { readonly first: string; readonly last: string }): string {
  return `First match ${timeText(first)}, last match ${timeText(last)} UTC.`
}

function logRange({ ledger }: Report): Html | undefined {
  const { first_time, last_time } = ledger.totals
  if (first_time === undefined || last_time === undefined) return undefined
  return html`<span>events from ${timeText(first_time)} to ${timeText(last_time)}</span>`
}

function levels(findings: readonly FindingHead[]): Html {
  const counts = levelCounts(findings)
  const items = WORST_FIRST.map(
    level =>
      html`<li class="card ${level}${counts[level] === 0 ? ' none' : ''}"><b>${thousands(counts[level])}</b><span>${level === 'informational' ? 'info' : level}</span></li>`,
  )
  return html`<ul class="levels">${items}</ul>`
}

function tools(counts: { readonly [level in Level]: number }): Html {
  const boxes = WORST_FIRST.filter(level => counts[level] > 0).map(
    level => html`<label class="${level}"><input type="checkbox" value="${level}" checked>${level}</label>`,
  )
  return html`<h2>Findings</h2>
<div class="tools"><input type="search" placeholder="Filter by text" aria-label="Filter findings by text" autocomplete="off">${boxes}<button type="button">Open all</button><output></output></div>
`
}

function writeGroup(level: Level, findings: readonly FindingHead[], write: Write): void {
  const group = findings.filter(finding => finding.level === level)
  if (group.length === 0) return
  write(
    markup(html`<section class="group ${level}" data-level="${level}"><h3>${level}<span>${thousands(group.length)}</span></h3>
`),
  )
  for (const finding of group) write(markup(findingHtml(finding.whole())))
  write('</section>\n')
}

function omitted(findings: readonly FindingHead[]): Html | undefined {
  if (findings.length === 0) return undefined
  const heading = `${counted(findings.length, 'more finding')}: in the summary above, and in full in the JSON output of this hunt`
  const heads = ['Rule', 'Level', 'Findings', 'Events']
  const rest = 'see the JSON output'
  return listCard({ heading, heads, rest }, ruleCounts(findings), ruleRow)
}

function ruleRow({ title, level, findings, events }: RuleCount): Html {
  return html`<tr><td>${title}</td><td class="${level} level">${level}</td><td class="number">${thousands(findings)}</td><td class="number">${thousands(events)}</td></tr>`
}

const POLICY = [
  `default-src 'none'`,
  `style-src '${hash(style)}'`,
  `script-src '${hash(script)}'`,
  `base-uri 'none'`,
  `form-action 'none'`,
].join('; ')

function hash(content: Html): string {
  return `sha256-${createHash('sha256').update(markup(content)).digest('base64')}`
}
