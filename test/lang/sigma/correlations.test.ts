import { describe, expect, test } from 'vitest'
import type { WindowRule } from '../../../src/plan/state-rule.ts'
import { link, problems, rules, ruleWith } from './documents.ts'

const BASES = `title: Base one
id: base-1
name: one
level: low
logsource: {product: aws}
detection: {sel: {a: 1}, condition: sel}
---
title: Base two
id: base-2
name: two
level: low
logsource: {product: aws}
detection: {sel: {b: 1}, condition: sel}
---
`

function text(correlation: string): string {
  const lines = correlation.replace(/^(?=.)/gm, '  ')
  return `${BASES}title: Over both\nid: over\nlevel: high\ncorrelation:\n${lines}\n`
}

function read(correlation: string): WindowRule | undefined {
  return rules(text(correlation)).find(rule => rule.kind === 'correlation' && 'condition' in rule) as
    | WindowRule
    | undefined
}

describe('every type', () => {
  test.each([
    ['event_count', 'gte: 10', { condition: [{ order: 'gte', value: 10 }] }],
    ['value_count', 'field: f, gt: 3', { field: ['f'], condition: [{ order: 'gt', value: 3 }] }],
    ['value_count', 'field: [f, g h], gt: 3', { field: ['f', 'gh'] }],
    ['temporal', 'gte: 1', { condition: [{ order: 'gte', value: 1 }] }],
    ['temporal', 'gt: 1', { condition: [{ order: 'gt', value: 1 }] }],
    ['temporal', 'gte: 1, lte: 2', { type: 'temporal' }],
    ['temporal_ordered', 'eq: 2', { condition: [{ order: 'eq', value: 2 }] }],
    ['temporal_ordered', 'gt: 1', { condition: [{ order: 'gt', value: 1 }] }],
    ['value_sum', 'field: f, gte: 1.5', { condition: [{ order: 'gte', value: 1.5 }] }],
    ['value_avg', 'field: f, lt: 0', { field: ['f'] }],
    ['value_percentile', 'field: f, percentile: 95, gt: 7', { percentile: 95 }],
    ['value_median', 'field: f, neq: 7', { field: ['f'] }],
  ])('%s {%s}', (type, condition, expected) => {
    const rule = read(
      `type: ${type}\nrules: [one, two]\ngroup-by: [u]\ntimespan: 5m\ncondition: {${condition}}`,
    )
    expect(rule).toMatchObject({
      type,
      rules: ['base-1', 'base-2'],
      groupBy: ['u'],
      timespan: 300_000,
      ...expected,
    })
  })

  test.each(['temporal', 'temporal_ordered'])('%s asks for all of its rules by default', type => {
    const rule = read(`type: ${type}\nrules: [two, one]\ngroup-by: u\ntimespan: 1h`)
    expect(rule).toMatchObject({ rules: ['base-2', 'base-1'], condition: [{ order: 'gte', value: 2 }] })
  })
})

test('two bounds make a range', () => {
  const rule = read(
    'type: event_count\nrules: one\ngroup-by: u\ntimespan: 5m\ncondition: {gt: 100, lte: 200}',
  )
  expect(rule?.condition).toEqual([
    { order: 'gt', value: 100 },
    { order: 'lte', value: 200 },
  ])
})

test.each([
  ['30s', 30_000],
  ['5m', 300_000],
  ['2h', 7_200_000],
  ['1d', 86_400_000],
  ['1w', 604_800_000],
  ['1M', 2_629_746_000],
  ['1y', 31_556_952_000],
])('a timespan of %s', (timespan, expected) => {
  expect(read(`type: temporal\nrules: [one, two]\ngroup-by: u\ntimespan: ${timespan}`)?.timespan).toBe(
    expected,
  )
})

test('rules are found by id, name and title', () => {
  const rule = read('type: temporal\nrules: [base-1, Base two]\ngroup-by: u\ntimespan: 5m')
  expect(rule?.rules).toEqual(['base-1', 'base-2'])
})

test('generate may stand beside or inside, and is off', () => {
  const bare = 'type: temporal\nrules: [one, two]\ngroup-by: u\ntimespan: 5m'
  expect(read(bare)?.generate).toBe(false)
  expect(read(`${bare}\ngenerate: true`)?.generate).toBe(true)
  expect(rules(`${text(bare)}generate: true\n`).at(-1)).toMatchObject({ generate: true })
})

test('aliases are by the ids of the rules, whatever their names', () => {
  const rule = read(`type: temporal
rules: [one, Base two]
group-by: [user]
timespan: 5m
aliases:
  user: {one: userName, Base two: user.name}
  __proto__: {one: x}`)
  expect(Object.entries(rule?.aliases ?? {})).toEqual([
    ['user', { 'base-1': 'userName', 'base-2': 'user.name' }],
    ['__proto__', { 'base-1': 'x' }],
  ])
})

test('an alias may call a rule by another of its names than the correlation does', () => {
  const rule = read(`type: temporal
rules: [one, Base two]
group-by: [user]
timespan: 5m
aliases:
  user: {base-1: userName, base-2: user.name}`)
  expect(rule?.aliases).toEqual({ user: { 'base-1': 'userName', 'base-2': 'user.name' } })
})

test.each([['gt: 10, lt: 5'], ['gte: 3, lt: 3'], ['eq: 2, neq: 2'], ['eq: 2, gte: 3']])(
  'bounds that no number keeps are warned of: %s',
  bounds => {
    const correlation = `type: event_count\nrules: one\ngroup-by: u\ntimespan: 5m\ncondition: {${bounds}}`
    expect(problems(text(correlation))).toContain('warning[sigma/condition]')
    expect(read(correlation)).toBeDefined()
  },
)

test('bounds that meet in one number are not', () => {
  const correlation =
    'type: event_count\nrules: one\ngroup-by: u\ntimespan: 5m\ncondition: {gte: 3, lte: 3, neq: 2}'
  expect(problems(text(correlation))).toBe('')
})

test('a correlation may be over correlations', () => {
  const inner = 'type: event_count\nrules: one\ngroup-by: u\ntimespan: 5m\ncondition: {gte: 2}'
  const outer = `---
title: Outer
id: outer
level: high
correlation: {type: temporal, rules: [Over both, two], group-by: [u], timespan: 1h}`
  expect(rules(text(inner) + outer).at(-1)).toMatchObject({ rules: ['over', 'base-2'] })
})

test('without group-by all events count together, which is warned of', () => {
  const correlation = 'type: event_count\nrules: one\ntimespan: 5m\ncondition: {gte: 2}'
  expect(read(correlation)?.groupBy).toEqual([])
  expect(problems(text(correlation))).toMatchInlineSnapshot(`
    "warning[sigma/group-by]: without "group-by" all events count together
      --> rule.yml:20:3
    20 |   rules: one
       |   ^^^^^"
  `)
})

describe('refused', () => {
  const frame = (lines: string) => problems(text(`group-by: u\n${lines}`))
  test.each([
    ['no such type', 'type: event_cout\nrules: one\ntimespan: 5m'],
    ['nothing but a type', 'type: event_count'],
    ['an unknown key', 'type: temporal\nrules: [one, two]\ntimeframe: 5m\ntimespan: 5m'],
    ['a timespan of zero', 'type: temporal\nrules: [one, two]\ntimespan: 0m'],
    ['a timespan without a unit', 'type: temporal\nrules: [one, two]\ntimespan: 5'],
    ['no bound', 'type: event_count\nrules: one\ntimespan: 5m\ncondition: {}'],
    ['a bound that is no number', 'type: event_count\nrules: one\ntimespan: 5m\ncondition: {gte: ten}'],
    ['a misspelt bound', 'type: event_count\nrules: one\ntimespan: 5m\ncondition: {get: 10}'],
    ['no field', 'type: value_count\nrules: one\ntimespan: 5m\ncondition: {gte: 3}'],
    ['a field too many', 'type: value_sum\nrules: one\ntimespan: 5m\ncondition: {field: [a, b], gte: 3}'],
    ['a field for nothing', 'type: event_count\nrules: one\ntimespan: 5m\ncondition: {field: a, gte: 3}'],
    ['no percentile', 'type: value_percentile\nrules: one\ntimespan: 5m\ncondition: {field: a, lte: 1}'],
    ['more rules than there are', 'type: temporal\nrules: [one, two]\ntimespan: 5m\ncondition: {gte: 3}'],
    ['no rule at all', 'type: temporal\nrules: [one, two]\ntimespan: 5m\ncondition: {lte: 1}'],
    ['some rules in order', 'type: temporal_ordered\nrules: [one, two]\ntimespan: 5m\ncondition: {gte: 1}'],
    ['a condition over names', 'type: temporal\nrules: [one, two]\ntimespan: 5m\ncondition: one and not two'],
    ['a rule that is not there', 'type: temporal\nrules: [one, tow]\ntimespan: 5m'],
    ['one rule twice', 'type: temporal\nrules: [one, base-1]\ntimespan: 5m'],
    ['itself', 'type: temporal\nrules: [one, over]\ntimespan: 5m'],
    ['an alias of another rule', 'type: temporal\nrules: [one]\ntimespan: 5m\naliases: {x: {two: f}}'],
    ['generate that is no boolean', 'type: temporal\nrules: [one]\ntimespan: 5m\ngenerate: maybe'],
  ])('%s', (_, lines) => expect(frame(lines)).toMatchSnapshot())

  test('a circle, by name', () => {
    const other = `---
title: Other
id: other
level: high
correlation: {type: temporal, rules: [over, one], group-by: [u], timespan: 1h}`
    const circle = text('type: temporal\nrules: [one, other]\ngroup-by: u\ntimespan: 5m') + other
    expect(rules(circle).map(({ meta }) => meta.id)).toEqual(['base-1', 'base-2'])
    expect(problems(circle)).toMatchInlineSnapshot(`
      "error[sigma/refused-rule]: the rule "other", which the correlation is over, was refused
        --> rule.yml:20:16
      20 |   rules: [one, other]
         |                ^^^^^
         = help: mend that rule first; its own problems say what is wrong with it
      error[sigma/circular]: correlations go in a circle: Over both -> Other -> Over both
        --> rule.yml:27:39
      27 | correlation: {type: temporal, rules: [over, one], group-by: [u], timespan: 1h}
         |                                       ^^^^
         = help: leave one of these references out: each correlation needs the others first"
    `)
  })

  test('over a rule that was refused', () => {
    const broken = ruleWith('sel: {a|nope: 1}\ncondition: sel').replace('title: Test', 'title: Broken')
    const correlation = `title: Over\nid: over\nlevel: low
correlation: {type: event_count, rules: [Broken], group-by: [u], timespan: 5m, condition: {gte: 2}}`
    const linked = link(`${broken}---\n${correlation}`)
    expect(linked.map(({ kind }) => kind)).toEqual(['refused', 'refused'])
    expect(linked[1]?.problems[0]?.message).toBe(
      'the rule "Broken", which the correlation is over, was refused',
    )
  })

  test('correlations by the hundred on each other', () => {
    const chain = Array.from(
      { length: 200 },
      (_, at) => `---\ntitle: C${at}\nid: c${at}\nlevel: low
correlation: {type: event_count, rules: [c${at + 1}], group-by: [u], timespan: 5m, condition: {gte: 2}}\n`,
    )
    const linked = link(`${chain.join('')}---\n${BASES.replace('base-1', 'c200')}`)
    expect(linked.filter(({ kind }) => kind === 'rule').length).toBeGreaterThan(2)
    expect(linked[0]?.kind).toBe('refused')
  })
})
