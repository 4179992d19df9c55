import { describe, expect, test } from 'vitest'
import { parseSigma } from '../../../src/lang/sigma/parse.ts'
import { print } from '../../../src/plan/print.ts'
import { itemRule, link, problems, rules, ruleWith } from './documents.ts'

const GOOD = ruleWith('sel: {a: 1}\ncondition: sel')

test('a broken document never costs the others', () => {
  const linked = link(`${GOOD}---\ntitle: [\n--- # third\n${GOOD.replace('000001', '000002')}`)
  expect(linked.map(({ kind }) => kind)).toEqual(['rule', 'refused', 'rule'])
  const origins = linked.map(one => (one.kind === 'rule' ? one.rule.origin : one.origin))
  expect(origins).toEqual([
    { file: 'rule.yml', document: 0, line: 1 },
    { file: 'rule.yml', document: 1, line: 9 },
    { file: 'rule.yml', document: 2, line: 11 },
  ])
})

test('byte order mark, Windows line ends, directives, comments and empty documents do no harm', () => {
  expect(rules(`\ufeff${GOOD}`)).toHaveLength(1)
  expect(rules(GOOD.replaceAll('\n', '\r\n'))).toHaveLength(1)
  expect(link(`%YAML 1.2\n---\n# a rule\n${GOOD}...\n---\n---\n`)).toHaveLength(1)
})

test('places are right behind a byte order mark and Windows line ends', () => {
  const text = `\ufeff${itemRule('a|nope: 1')}`.replaceAll('\n', '\r\n')
  expect(problems(text)).toContain('rule.yml:7:5\n7 |     a|nope: 1\n  |     ^^^^^^')
})

test('an id that is used twice', () => {
  const linked = link(`${GOOD}---\n${GOOD}---\n${GOOD}`)
  const ids = linked.map(one => (one.kind === 'rule' ? one.rule.meta.id.slice(-3) : ''))
  expect(ids).toEqual(['001', '1#2', '1#3'])
  expect(linked[1]?.problems.map(({ message }) => message)).toMatchInlineSnapshot(`
    [
      "the id "00000000-0000-4000-8000-000000000001" is that of an earlier rule; this one is "00000000-0000-4000-8000-000000000001#2"",
    ]
  `)
})

describe('action', () => {
  const shared = `action: global
title: Shared
level: low
logsource: {product: aws}
detection: {condition: sel}
`
  test('global lends its keys until reset', () => {
    const text = `${shared}---\nid: a\ndetection: {sel: {x: 1}}\n---\nid: b\ndetection: {sel: {y: 1}}\n---\naction: reset\n---\nid: c\n`
    expect(
      link(text).map(one => (one.kind === 'rule' ? one.rule.meta.id : one.problems[0]?.message)),
    ).toEqual(['a', 'b', expect.stringContaining('no Sigma rule')])
  })
  test('repeat is the rule before with changes', () => {
    const [, second] = rules(`${GOOD}---\naction: repeat\nid: b\ndetection: {sel: {a: 2}}\n`)
    expect(second?.kind === 'detection' ? print(second.where) : '').toContain('a = number 2')
    expect(second?.meta.title).toBe('Test')
  })
  test('anything else is refused', () => {
    expect(problems(`action: globl\n${GOOD}`)).toContain(
      'this "action" is not one of global, reset and repeat',
    )
  })
})

test('aliases are followed', () => {
  const text = ruleWith('one: &x {a: 1}\ntwo: *x\ncondition: one and two')
  expect(rules(text)).toHaveLength(1)
})

describe('what would take too long or too much is refused', () => {
  const letters = [...'bcdefghij']
  const bomb = letters.map(
    (letter, at) => `${letter}: &${letter} [${Array(9).fill(`*${'abcdefghi'[at]}`).join(',')}]`,
  )
  test.each([
    ['a bomb of aliases', `a: &a [x, x]\n${bomb.join('\n')}`, 'sigma/aliases'],
    ['an alias inside itself', 'title: &a [*a]', 'sigma/nesting'],
    ['deep nesting', `title: ${'['.repeat(60)}${']'.repeat(60)}`, 'sigma/nesting'],
    ['very deep nesting', '['.repeat(20_000), 'sigma/nesting'],
    ['a huge document', `title: ${'x'.repeat(1024 * 1024)}`, 'sigma/document-size'],
    ['a huge list', itemRule(`a: [${'x,'.repeat(10_001)}]`), 'sigma/too-many-values'],
    ['dashes that multiply', itemRule(`a|windash: '${' -a'.repeat(20)}'`), 'sigma/too-many-values'],
    ['a long condition', ruleWith(`sel: {a: 1}\ncondition: ${'sel or '.repeat(600)}sel`), 'sigma/condition'],
    [
      'tests that multiply',
      ruleWith(`sel:\n  a: [${'x,'.repeat(9000)}]\ncondition: ${'sel and '.repeat(20)}sel`),
      'sigma/condition',
    ],
    ['a long regular expression', itemRule(`a|re: '${'x'.repeat(5000)}'`), 'sigma/regex'],
  ])('%s', (_, text, code) => expect(link(text)[0]?.problems.map(problem => problem.code)).toContain(code))

  test('thousands of documents', () => {
    const documents = parseSigma('---\ntitle: x\n'.repeat(5002), { file: 'many.yml' })
    expect(documents).toHaveLength(5001)
    expect(documents.at(-1)?.problems[0]?.message).toBe('of 5002 documents 5000 were read')
  })

  test('problems without end', () => {
    const { problems: told = [] } = link(itemRule(`a: [${'{},'.repeat(500)}]`))[0] ?? {}
    expect(told).toHaveLength(51)
    expect(told.at(-1)?.message).toBe('there are 450 more problems')
    expect(link(`title: *${'x'.repeat(5000)}`)[0]?.problems[0]?.message.length).toBe(500)
  })
})
