import { type Html, html } from '../../core/html.ts'
import type { Answer, FindingSections, Risk } from '../../findings/sections.ts'
import { stepText } from '../sections-text.ts'

/** Values of one detail that are shown. */
const MOST_VALUES = 12

/** What an analytic tells: the questions and their answers, steps, risk, caveats. */
export function sectionsHtml({
  answers = [],
  steps = [],
  risk,
  caveats = [],
}: FindingSections): readonly Html[] {
  return [
    ...(answers.length === 0 ? [] : [html`<h4>Questions</h4><dl>${answers.map(answerHtml)}</dl>`]),
    ...listHtml('Steps', steps.map(stepText)),
    ...(risk === undefined ? [] : [riskHtml(risk)]),
    ...listHtml('Caveats', caveats),
  ]
}

function answerHtml({ question, value, details = {} }: Answer): Html {
  const rows = Object.entries(details).filter(([, values]) => values.length > 0)
  return html`<dt>${question}</dt><dd>${value}${rows.length === 0 ? undefined : html`<ul>${rows.map(detailHtml)}</ul>`}</dd>`
}

function detailHtml([name, values]: readonly [string, readonly string[]]): Html {
  const shown = values.slice(0, MOST_VALUES).map(value => html` <code>${value}</code>`)
  const rest = values.length - MOST_VALUES
  return html`<li>${name}:${shown}${rest > 0 ? html` <span class="muted">and ${rest} more</span>` : undefined}</li>`
}

function riskHtml({ impact, confidence, score, parts }: Risk): Html {
  const line = `${score} = impact ${impact} × confidence ${confidence} / 100`
  return html`<h4>Risk</h4><p>${line}</p><ul class="notes">${parts.map(part => html`<li>${part}</li>`)}</ul>`
}

function listHtml(heading: string, lines: readonly string[]): readonly Html[] {
  if (lines.length === 0) return []
  return [html`<h4>${heading}</h4><ul class="notes">${lines.map(line => html`<li>${line}</li>`)}</ul>`]
}
