import { type Html, html } from '../../core/html.ts'
import { thousands } from '../../core/quantity.ts'

/** Entries of one list that are named. */
const MOST_ENTRIES = 100

interface Head {
  readonly heading: string
  readonly heads: readonly string[]
  /** Where those are that are not named. */
  readonly rest: string
}

/** A table of its own with a heading; nothing if there is nothing in it. */
export function listCard<T>(
  { heading, heads, rest }: Head,
  list: readonly T[],
  row: (entry: T) => Html,
): Html {
  if (list.length === 0) return html``
  const unnamed = list.length - MOST_ENTRIES
  return html`<div class="card block"><h3>${heading}</h3>
<div class="scroll"><table><thead><tr>${heads.map(head => html`<th>${head}</th>`)}</tr></thead>
<tbody>${list.slice(0, MOST_ENTRIES).map(row)}</tbody></table></div>
${unnamed > 0 ? html`<p class="muted">And ${thousands(unnamed)} more; ${rest}.</p>` : undefined}
</div>
`
}
