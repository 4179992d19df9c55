import { type Html, type HtmlValue, html } from '../../core/html.ts'
import { counted, thousands } from '../../core/quantity.ts'
import { ENTITY_KINDS, type Finding } from '../../findings/finding.ts'
import { shownApprovals, tellsOfApprovals } from '../approval-texts.ts'
import { timeText } from '../report.ts'
import { evidenceTable } from './evidence.ts'
import { link, techniqueLink } from './link.ts'
import { sectionsHtml } from './sections.ts'

/** Values of one list that are shown. */
const MOST_VALUES = 12

/** One finding: a line that opens to all that is known of it. */
export function findingHtml(finding: Finding): Html {
  const { level, title, count, outcome, first_time, why } = finding
  return html`<details class="finding ${level}" id="${finding.id}">
<summary>
<span class="name">${title}</span>
<span class="when"><time datetime="${first_time}">${timeText(first_time)}</time></span>
<span class="why">${why}</span>
<span class="result"><span class="${outcome}">${outcome}</span> · ${counted(count, 'event')}</span>
</summary>
<div class="body">
${paragraphs(finding.description)}
<div class="columns">
<div><h4>Finding</h4>${facts(finding)}</div>
<div><h4>Entities</h4>${entities(finding)}</div>
</div>
${approvals(finding)}
${sectionsHtml(finding)}
${fields('What matched', 'matched', finding)}
${fields('Worth seeing', 'shown', finding)}
${notes('When this is harmless', finding.falsepositives)}
${notes(
  'References',
  finding.references.map(reference => link(reference)),
)}
${evidenceTable(finding)}
</div>
</details>
`
}

function paragraphs(text: string | undefined): readonly Html[] {
  const parts = (text ?? '').split(/\n\s*\n/).filter(part => part.trim() !== '')
  return parts.map(part => html`<p>${part.trim()}</p>`)
}

function facts(finding: Finding): Html {
  const { entity, first_time, last_time, attack, errors } = finding
  const codes = Object.entries(errors).map(([code, count]) => `${code} ×${thousands(count)}`)
  return html`<dl>
${pair('Level', finding.level)}
${pair('First', `${timeText(first_time)}${first_time === '' ? '' : ' UTC'}`)}
${pair('Last', `${timeText(last_time)}${last_time === '' ? '' : ' UTC'}`)}
${pair('Grouped by', html`${entity.kind}: <code>${entity.value}</code>`)}
${list('Actions', finding.actions, 'actions', finding)}
${list('Errors', codes, 'errors', finding)}
${attack.length === 0 ? undefined : pair('ATT&CK', separated(attack.map(techniqueLink)))}
${finding.status === undefined ? undefined : pair('Rule status', finding.status)}
${finding.author === undefined ? undefined : pair('Rule author', finding.author)}
${pair('Rule', html`<code>${finding.rule_id}</code>`)}
${pair('Finding', html`<code>${finding.id}</code>`)}
</dl>`
}

function entities(finding: Finding): Html {
  return html`<dl>${ENTITY_KINDS.map(kind => list(KIND_NAMES[kind], finding.entities[kind] ?? [], `entities.${kind}`, finding))}</dl>`
}

const KIND_NAMES: Record<(typeof ENTITY_KINDS)[number], string> = {
  actor: 'Actor',
  role: 'Role',
  session: 'Session',
  key: 'Key',
  address: 'Address',
  account: 'Account',
  region: 'Region',
  resource: 'Resource',
  user_agent: 'User agent',
}

function approvals(finding: Finding): Html | undefined {
  const rows = shownApprovals(finding).map(({ field, words, values }) =>
    list(sentence(words), values, `shown.${field}`, finding),
  )
  return rows.length === 0 ? undefined : html`<h4>Approvals</h4><dl>${rows}</dl>`
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function fields(heading: string, name: 'matched' | 'shown', finding: Finding): Html | undefined {
  const rows = Object.entries(finding[name]).filter(([field]) => !tellsOfApprovals(field))
  if (rows.length === 0) return undefined
  return html`<h4>${heading}</h4><dl>${rows.map(([field, values]) => list(html`<code>${field}</code>`, values, `${name}.${field}`, finding))}</dl>`
}

function list(name: HtmlValue, values: readonly string[], path: string, { more }: Finding): Html | undefined {
  if (values.length === 0) return undefined
  const unlisted = more !== undefined && Object.hasOwn(more, path) ? (more[path] ?? 0) : 0
  const rest = Math.max(0, values.length - MOST_VALUES) + unlisted
  const lines = values.slice(0, MOST_VALUES).map(value => html`<li><code>${value}</code></li>`)
  const last = rest > 0 ? html`<li class="muted">and ${thousands(rest)} more</li>` : undefined
  return pair(name, html`<ul>${lines}${last}</ul>`)
}

function pair(name: HtmlValue, value: HtmlValue): Html {
  return html`<dt>${name}</dt><dd>${value}</dd>`
}

function separated(values: readonly Html[]): readonly Html[] {
  return values.map((value, index) => (index === 0 ? value : html`, ${value}`))
}

function notes(heading: string, values: readonly HtmlValue[]): Html | undefined {
  if (values.length === 0) return undefined
  return html`<h4>${heading}</h4><ul class="notes">${values.map(value => html`<li>${value}</li>`)}</ul>`
}
