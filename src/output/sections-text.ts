import { durationText } from '../core/duration.ts'
import { counted } from '../core/quantity.ts'
import type { Answer, FindingSections, Step } from '../findings/sections.ts'
import { timeText } from './report.ts'

/** Caveats that are shown one by one. */
const MOST_CAVEATS = 2

/** What an analytic tells, a line each: risk, answers, steps, caveats; nothing of other findings. */
export function sectionLines({
  risk,
  answers = [],
  steps = [],
  caveats = [],
}: FindingSections): readonly string[] {
  return [
    ...(risk === undefined
      ? []
      : [`risk ${risk.score}: impact ${risk.impact}, confidence ${risk.confidence}`]),
    ...answers.map(answerText),
    ...steps.map(stepText),
    ...caveats.slice(0, MOST_CAVEATS).map(text => `caveat: ${text}`),
    ...(caveats.length > MOST_CAVEATS
      ? [`and ${counted(caveats.length - MOST_CAVEATS, 'more caveat')}`]
      : []),
  ]
}

function answerText({ question, value }: Answer): string {
  return `${question}: ${value}`
}

/** `2026-03-04 10:02:11  launch (+2m 5s): i-0abc …` */
export function stepText({ time, name, text, after, state }: Step): string {
  const when = time === '' ? '' : `${timeText(time)}  `
  const gap = after === undefined ? '' : ` (+${durationText(after)})`
  return `${when}${name}${gap}: ${state === undefined ? text : `${state}: ${text}`}`
}
