import { type Html, html } from '../../core/html.ts'
import { counted } from '../../core/quantity.ts'
import type { Finding } from '../../findings/finding.ts'

/** Records of one finding that are shown. */
const MOST_ROWS = 50

/** The first raw records of a finding, and how many there are besides. */
export function evidenceTable(finding: Finding): Html {
  const rows = finding.evidence.slice(0, MOST_ROWS)
  const rest = finding.count - rows.length
  const others = rest > 0 ? `, the first ${rows.length} of them here` : ''
  return html`<details class="evidence">
<summary>Evidence: ${counted(finding.count, 'record')}${others}</summary>
<div class="scroll"><table>
<thead><tr><th>Time</th><th>Event</th><th>File</th><th class="number">Record</th><th>SHA-256</th></tr></thead>
<tbody>
${rows.map(
  ({ event_time, event_id, file, record, sha256 }) =>
    html`<tr><td class="time">${event_time}</td><td>${event_id}</td><td>${file}</td><td class="number">${record}</td><td class="hash">${sha256}</td></tr>
`,
)}</tbody>
</table></div>
${rest > 0 ? html`<p class="muted">${counted(rest, 'more record')}; up to 10,000 are in the JSON output of this hunt.</p>` : undefined}
</details>`
}
