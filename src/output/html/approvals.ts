import type { Suppression } from '../../context/suppressions.ts'
import { type Html, html } from '../../core/html.ts'
import { thousands } from '../../core/quantity.ts'
import type { Ledger } from '../../findings/ledger.ts'
import { timeText } from '../report.ts'
import { listCard } from './list-card.ts'

/** What approvals in rules kept from matching, and which approvals matches fell under. */
export function approvalsHtml({ context, rules }: Ledger): Html {
  if (context === undefined) return html``
  const titles = new Map(rules.map(({ id, title }) => [id, title]))
  const { suppressed, approvals, hidden } = context
  const marked = { ...MARKED, heading: hidden ? 'Matches that approvals hid' : 'Matches that are approved' }
  return html`${listCard(
    SUPPRESSED,
    suppressed,
    entry => html`<tr><td>${titles.get(entry.rule) ?? entry.rule}</td>${cells(entry)}</tr>`,
  )}${listCard(marked, approvals, entry => html`<tr>${cells(entry)}</tr>`)}`
}

const rest = 'the whole list is in the ledger that --ledger FILE writes'
const heads = ['Approval', 'Until', 'Number', 'First', 'Last', 'Some of them']
const SUPPRESSED = { heading: 'What approvals in rules kept from matching', heads: ['Rule', ...heads], rest }
const MARKED = { heads, rest }

/** Ids that are shown. */
const MOST_SAMPLES = 3

function cells(suppression: Suppression): Html {
  const { entry, owner, reason, expires, count, first_time, last_time, samples } = suppression
  const who = [owner, reason].filter(text => text !== undefined).join(': ')
  const shown = samples.slice(0, MOST_SAMPLES).map(id => html`<li><code>${id}</code></li>`)
  return html`<td><code>${entry}</code>${who === '' ? undefined : html`<div class="muted">${who}</div>`}</td>
<td>${moment(expires)}</td><td class="number">${thousands(count)}</td><td>${moment(first_time)}</td><td>${moment(last_time)}</td>
<td><ul class="plain">${shown}</ul></td>`
}

function moment(time: string | undefined): string {
  return time === undefined ? '' : timeText(time)
}
