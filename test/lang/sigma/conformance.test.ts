import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { JsonObject } from '../../../src/core/json.ts'
import type { DetectionRule } from '../../../src/plan/rule.ts'
import { compile } from '../../../src/scan/compile.ts'
import { RuleIndex } from '../../../src/scan/rule-index.ts'
import { evaluate } from '../../plain/evaluate.ts'
import { loadText } from '../../plain/load.ts'
import { itemRule, ruleWith } from './documents.ts'

/** A rule, as an item, as a detection or as a whole file, and the events that it matches and misses, or why it is refused. */
interface Case {
  readonly item?: string
  readonly detection?: string
  readonly file?: string
  readonly placeholders?: Readonly<Record<string, readonly string[]>>
  /** Events; one that JSON values cannot say is a JSON text. */
  readonly matches?: readonly (JsonObject | string)[]
  readonly misses?: readonly (JsonObject | string)[]
  /** Codes of the errors, in order of the alphabet. */
  readonly refused?: readonly string[]
}

interface Expected {
  readonly of: Case
  readonly rules: readonly DetectionRule[]
  readonly event: JsonObject
  readonly matches: boolean
}

const path = new URL('conformance.json', import.meta.url)
const cases = JSON.parse(readFileSync(path, 'utf8')) as readonly Case[]
const loaded = cases.map(of => ({ of, ...loadText(textOf(of), 'rule.yml', of.placeholders) }))
const expected = loaded.flatMap(({ of, rules }): readonly Expected[] => [
  ...(of.matches ?? []).map(event => ({ of, rules, event: eventOf(event), matches: true })),
  ...(of.misses ?? []).map(event => ({ of, rules, event: eventOf(event), matches: false })),
])

function textOf({ item, detection, file }: Case): string {
  if (file !== undefined) return file
  return item === undefined ? ruleWith(detection ?? '') : itemRule(item)
}

/** A copy, as the reader of logs would give it. */
function eventOf(event: JsonObject | string): JsonObject {
  return JSON.parse(typeof event === 'string' ? event : JSON.stringify(event)) as JsonObject
}

test('rules load, or are refused for the reason that is given', () => {
  const wrong = loaded.flatMap(({ of, rules, refused, problems }) => {
    const errors = problems.filter(({ severity }) => severity === 'error').map(({ code }) => code)
    const codes = [...new Set(errors)].sort()
    const same = codes.join(' ') === (of.refused ?? []).join(' ')
    return same && rules.length > 0 === (of.refused === undefined) ? [] : [{ of, codes, refused }]
  })
  expect(wrong).toEqual([])
  expect(loaded.length).toBeGreaterThan(700)
})

test('events get their verdict from the scan and from the plain evaluator', () => {
  const wrong = expected.flatMap(({ of, rules, event, matches }) => {
    const scanned = rules.some(({ where }) => compile(where)(event))
    const plain = rules.some(({ where }) => evaluate(where, event))
    return scanned === matches && plain === matches ? [] : [{ of, event, matches, scanned, plain }]
  })
  expect(wrong).toEqual([])
  expect(expected.length).toBeGreaterThan(2000)
})

test('one index of all rules finds in each event those that match it', () => {
  const rules = loaded.flatMap(one => one.rules)
  const tests = rules.map(({ where }) => compile(where))
  const index = new RuleIndex(rules)
  const wrong = expected.flatMap(({ event }) => {
    const found = index.matches(event, JSON.stringify(event)).join(' ')
    const meant = tests.flatMap((holds, place) => (holds(event) ? [place] : [])).join(' ')
    return found === meant ? [] : [{ event, found, meant }]
  })
  expect(wrong).toEqual([])
})

test('a text that holds a wanted literal a million times is tested once', () => {
  const [rule] = loadText(itemRule("a|contains: 'aaaa*b*aaaa'"), 'rule.yml').rules
  const event = { a: 'a'.repeat(1_000_000) }
  const started = performance.now()
  expect(new RuleIndex(rule === undefined ? [] : [rule]).matches(event, JSON.stringify(event))).toEqual([])
  expect(performance.now() - started).toBeLessThan(5000)
})
