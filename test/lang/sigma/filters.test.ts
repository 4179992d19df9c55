import { expect, test } from 'vitest'
import { linkSigma } from '../../../src/lang/sigma/link.ts'
import { parseSigma } from '../../../src/lang/sigma/parse.ts'
import { print } from '../../../src/plan/print.ts'
import { link, problems, rules } from './documents.ts'

const RULES = `title: One
id: r1
name: first
level: low
logsource: {product: aws, service: cloudtrail}
detection: {sel: {a: 1}, condition: sel}
---
title: Two
id: r2
level: low
logsource: {product: azure}
detection: {sel: {a: 1}, condition: sel}
---
title: Three
id: r3
level: low
correlation: {type: event_count, rules: [r1], group-by: [u], timespan: 5m, condition: {gte: 2}}
---
`

function filter(targets: string, condition = 'not ours', logsource = '{product: aws}'): string {
  return `${RULES}title: Ours
logsource: ${logsource}
filter:
  ${targets}
  ours: {user|startswith: adm_}
  condition: ${condition}
`
}

/** Ids of the rules that the filter changed. */
function changed(text: string): readonly string[] {
  return rules(text).flatMap(rule =>
    rule.kind === 'detection' && print(rule.where).includes('adm_') ? [rule.meta.id] : [],
  )
}

test.each([
  ['rules: [r1]', ['r1']],
  ['rules: [first]', ['r1']],
  ['rules: r1', ['r1']],
  ['rules: any', ['r1']],
  ['rules: []', ['r1']],
  ['rules:', ['r1']],
  ['rules: [r1, r2]', ['r1']],
])('%s', (targets, expected) => expect(changed(filter(targets))).toEqual(expected))

test('its condition is added as it is written', () => {
  const [rule] = rules(filter('rules: [r1]'))
  expect(rule?.kind === 'detection' ? print(rule.where) : '').toMatchInlineSnapshot(`
    "and
      and "sel"
        a = number 1 or text "1"
      not
        and "ours"
          user = "adm_" *"
  `)
})

test('one without a not is warned of, with the rule that it changes', () => {
  expect(problems(filter('rules: [r1]', 'ours'))).toMatchInlineSnapshot(`
    "warning[sigma/filter-without-not]: this filter keeps what it matches and drops everything else
      --> rule.yml:24:3
    24 |   condition: ours
       |   ^^^^^^^^^
       = help: to drop what it matches, write "not" before the condition"
  `)
})

test('across files the warning names the filter', () => {
  const [rule = '', , , own = ''] = filter('rules: [r1]', 'ours').split('---\n')
  const documents = [...parseSigma(rule, { file: 'a.yml' }), ...parseSigma(own, { file: 'b.yml' })]
  expect(linkSigma(documents)[0]?.problems[0]).toMatchObject({
    message: expect.stringContaining('the filter "Ours" in b.yml: this filter keeps'),
  })
})

test('one that is for no rule is told', () => {
  expect(problems(filter('rules: [r4]'))).toMatchInlineSnapshot(`
    "error[sigma/unknown-rule]: there is no rule "r4"
      --> rule.yml:22:11
    22 |   rules: [r4]
       |           ^^
       = help: did you mean "r1"?"
  `)
  expect(problems(filter('rules: [r2, r3]'))).toMatchInlineSnapshot(`
    "error[sigma/filter-target]: "r2" is no detection of the log source of this filter
      --> rule.yml:22:11
    22 |   rules: [r2, r3]
       |           ^^
    error[sigma/filter-target]: "r3" is no detection of the log source of this filter
      --> rule.yml:22:15
    22 |   rules: [r2, r3]
       |               ^^"
  `)
  expect(problems(filter('rules: any', 'not ours', '{product: gcp}'))).toMatchInlineSnapshot(`
    "warning[sigma/idle-filter]: no loaded rule is of the log source that this filter is for
     --> rule.yml"
  `)
})

test('a broken one is refused and changes nothing', () => {
  const broken = filter('rules: [r1]', 'not theirs')
  expect(changed(broken)).toEqual([])
  expect(link(broken).map(({ kind }) => kind)).toEqual(['rule', 'rule', 'rule', 'refused'])
})
