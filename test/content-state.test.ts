import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { printDiagnosticLine } from '../src/core/print-diagnostic.ts'
import { rulePlan } from '../src/detect/rule-plan.ts'
import type { CorrelationRule } from '../src/plan/state-rule.ts'
import { type LoadedRule, loadRules } from '../src/rules/load.ts'
import { readPage } from '../src/rules/page.ts'
import { runStateFixtures } from '../src/rules/state-fixtures.ts'

/** Built-in rules that remember: each file holds one that makes findings, and what it is over. */
const loaded = loadRules(['builtin'])
const rules = loaded.rules.map(({ rule }) => rule)
/** Parts of a rule in its own file. */
const served = new Set(
  rules.flatMap(rule =>
    rule.kind === 'correlation' ? rule.rules.map(id => `${rule.origin.file} ${id}`) : [],
  ),
)
const own = loaded.rules.flatMap(one => {
  const { rule } = one
  return rule.kind === 'correlation' && !served.has(`${rule.origin.file} ${rule.meta.id}`)
    ? [{ ...one, rule }]
    : []
})
const cases = own.map(one => [one.rule.origin.file, one] as const)

test('there are rules of every kind that remembers, and nothing is refused', () => {
  expect(
    loaded.refused.flatMap(({ file, problems }) => problems.map(one => printDiagnosticLine(one, file))),
  ).toEqual([])
  expect(own.length).toBeGreaterThanOrEqual(20)
  const types = new Set(own.map(({ rule }) => rule.type))
  for (const type of [
    'chain',
    'first_seen',
    'volume',
    'absence',
    'value_count',
    'event_count',
    'temporal_ordered',
  ] as const)
    expect(types).toContain(type)
  expect(new Set(rules.map(({ meta }) => meta.id)).size).toBe(rules.length)
  expect(new Set(rules.map(({ meta }) => meta.title)).size).toBe(rules.length)
})

test('signals and parts make no findings of their own, and what they are named after does', () => {
  const { hidden } = rulePlan(rules, { include: [], exclude: [] })
  const serving = rules.filter(({ meta }) => /\((?:signal|part)\)$/.test(meta.title))
  expect(serving.filter(({ meta }) => !hidden.has(meta.id)).map(({ meta }) => meta.title)).toEqual([])
  const shown = rules.filter(
    ({ meta }) => hidden.has(meta.id) && !serving.some(one => one.meta.id === meta.id),
  )
  expect(shown.map(({ meta }) => meta.title)).toEqual([])
})

describe.each(cases)('%s', (_, { rule, source, problems }) => {
  test('loads, and says all that a finding shows', () => {
    const { meta } = rule
    expect(problems).toEqual([])
    expect(meta.tags.join(' ')).toMatch(/attack\.t\d{4}(\.\d{3})?\b/)
    for (const list of [meta.falsepositives, meta.references]) expect(list).not.toEqual([])
    expect(meta.description ?? '').not.toBe('')
    const page = readPage(readFileSync(source?.path.replace(/\.yml$/, '.md') ?? '', 'utf8'))
    expect(page.title).toBe(meta.title)
    expect([page.matchesTogether.length, page.missesTogether.length].every(count => count > 0)).toBe(true)
  })

  test('makes something of the events of its page, and nothing of the near misses', () => {
    expect(
      results(rule, source).filter(({ wanted, got, problem }) => got !== wanted || problem !== undefined),
    ).toEqual([])
  })
})

function results(
  rule: CorrelationRule,
  source: LoadedRule['source'],
): ReturnType<typeof runStateFixtures> & {} {
  return (source === undefined ? undefined : runStateFixtures(rule, rules, source)) ?? []
}
