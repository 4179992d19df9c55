import { durationText } from '../core/duration.ts'
import type { Answer, FindingSections, Step } from '../findings/sections.ts'
import { timeText } from './report.ts'

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
    ...caveats.map(text => `caveat: ${text}`),
  ]
}

export function answerText({ question, value }: Answer): string {
  return `${question}: ${value}`
}

/** `2026-03-04 10:02:11  launch (+2m 5s): i-0abc …` */
export function stepText({ time, name, text, after, state }: Step): string {
  const when = time === '' ? '' : `${timeText(time)}  `
  const gap = after === undefined ? '' : ` (+${durationText(after)})`
  return `${when}${name}${gap}: ${state === undefined ? text : `${state}: ${text}`}`
}
