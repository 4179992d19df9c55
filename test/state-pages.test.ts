import { describe, expect } from 'vitest'
import type { JsonObject } from '../src/core/json.ts'
import { printDiagnostic } from '../src/core/print-diagnostic.ts'
import { linkSigma } from '../src/lang/sigma/link.ts'
import { parseSigma } from '../src/lang/sigma/parse.ts'
import { printState } from '../src/plan/print-state.ts'
import type { CorrelationRule } from '../src/plan/state-rule.ts'
import { explainDetection } from '../src/state/explain.ts'
import { fieldsNeeded } from '../src/state/needs.ts'
import type { Detection } from '../src/state/signal.ts'
import { testPages } from './page-tests.ts'
import { type CasePage, readCase, writeCase } from './plain/case-page.ts'
import { documentsOf, signalOf } from './plain/state-page.ts'
import { detect } from './state/signals.ts'

describe('pages of rules that remember', () => {
  testPages('test/cases/state', text => {
    const page = readCase(text)
    expect(page.events.length).toBeLessThanOrEqual(12)
    return writeCase(page, run(page))
  })
})

/** What comes of a page: the same for the events in reverse order, and with a snapshot after any of them. */
function run(page: CasePage): Readonly<Record<string, string | undefined>> {
  const events = page.events.map(text => JSON.parse(text) as JsonObject)
  const absent = /^# absent: (.*)$/m.exec(page.rule)?.[1]?.split(', ') ?? []
  const text = documentsOf(page.rule, events, absent)
  const linked = linkSigma(parseSigma(text, { file: 'rule.yml' }))
  const problems = linked.flatMap(one =>
    one.problems.map(problem => printDiagnostic(problem, 'rule.yml', text)),
  )
  const rules = linked.flatMap(one =>
    one.kind === 'rule' && one.rule.kind === 'correlation' ? [one.rule] : [],
  )
  const detections = found(rules, events, absent)
  return {
    plan: rules.length === 0 ? undefined : rules.map(printState).join('\n---\n'),
    detections: events.length === 0 ? undefined : detections.map(one => told(rules, one)).join('\n'),
    problems: problems.length === 0 ? undefined : problems.join('\n'),
  }
}

function found(
  rules: readonly CorrelationRule[],
  events: readonly JsonObject[],
  absent: readonly string[],
): readonly Detection[] {
  const fields = [...new Set([...fieldsNeeded(rules).values()].flat())]
  const signals = events.map(event => signalOf(event, fields))
  const observable = (id: string): boolean => !absent.includes(id)
  const end = Math.max(0, ...signals.map(({ time }) => time)) / 1000
  const detections = detect(rules, signals, { observable, end })
  expect(detect(rules, [...signals].reverse(), { observable, end })).toEqual(detections)
  for (const restoreAfter of signals.keys())
    expect(detect(rules, signals, { observable, end, restoreAfter })).toEqual(detections)
  return detections
}

function told(rules: readonly CorrelationRule[], detection: Detection): string {
  const rule = rules.find(({ meta }) => meta.id === detection.rule)
  if (rule === undefined) return ''
  const variant = detection.variant === 'complete' ? '' : ` (${detection.variant})`
  const several = rules.length > 1 ? `${rule.meta.title} of ` : ''
  const group = detection.group.map(value => value ?? '-').join(', ') || 'all events'
  const lines = explainDetection(rule, detection, id => id)
  return [`${several}${group}${variant}`, ...lines.map(line => `  ${line}`)].join('\n')
}
