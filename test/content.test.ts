import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import type { JsonObject } from '../src/core/json.ts'
import type { DetectionRule } from '../src/plan/rule.ts'
import { readPage } from '../src/rules/page.ts'
import { pageEvent } from '../src/rules/page-event.ts'
import { compile } from '../src/scan/compile.ts'
import { RuleIndex } from '../src/scan/rule-index.ts'
import { loadText } from './plain/load.ts'
import { missing, records, sharedJson } from './plain/shared-data.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const listed = readFileSync('content/builtin.txt', 'utf8').trimEnd().split('\n')

/** Rules that look at one event; those that remember are in `content-state.test.ts`, searches have tests of their own. */
const single = listed.filter(
  file => !/^(?:correlation|language):/m.test(readFileSync(`content/${file}`, 'utf8')),
)
const loaded = new Map(single.map(file => [file, loadText(readFileSync(`content/${file}`, 'utf8'), file)]))
const allRules = [...loaded.values()].flatMap(({ rules }) => rules)

function pageOf(file: string) {
  const path = `content/${file.replace(/\.yml$/, '.md')}`
  return existsSync(path) ? readPage(readFileSync(path, 'utf8')) : undefined
}

test('the list names every rule, once, in order', () => {
  const files = readdirSync('content', { recursive: true, encoding: 'utf8' })
  expect(listed).toEqual(files.filter(file => /\.ya?ml$/.test(file)).sort())
  expect(listed.length).toBeGreaterThanOrEqual(60)
  const pages = listed.map(file => file.replace(/\.yml$/, '.md'))
  expect(files.filter(file => file.endsWith('.md') && !file.endsWith('README.md')).sort()).toEqual(pages)
})

test('no two rules have the same id or title', () => {
  expect(new Set(allRules.map(rule => rule.meta.id)).size).toBe(single.length)
  expect(new Set(allRules.map(rule => rule.meta.title)).size).toBe(single.length)
})

describe.each([...loaded])('%s', (file, { rules, refused, problems }) => {
  const page = pageOf(file)

  test('loads, and says all that a finding shows', () => {
    expect([refused, problems]).toEqual([[], []])
    expect(rules.length).toBe(1)
    for (const { meta } of rules) {
      expect(meta.id).toMatch(UUID)
      expect(meta.tags.join(' ')).toMatch(/attack\.t\d{4}(\.\d{3})?\b/)
      expect(meta.description ?? '').not.toBe('')
      for (const list of [meta.falsepositives, meta.references, meta.fields]) expect(list).not.toEqual([])
      expect(page?.title).toBe(meta.title)
    }
    expect(readFileSync(`content/${file}`, 'utf8')).toMatch(/^level: /m)
  })

  test('matches the events of its page, and not the near misses', () => {
    const matches = rules.map(rule => compile(rule.where))
    const verdict = (text: string) =>
      matches.some(matches => matches(pageEvent(JSON.parse(text) as JsonObject)))
    expect(page?.matches.map(verdict)).toEqual(page?.matches.map(() => true))
    expect(page?.misses.map(verdict)).toEqual(page?.misses.map(() => false))
    expect(page?.matches.length).toBeGreaterThan(0)
    expect(page?.misses.length).toBeGreaterThan(0)
  })
})

const noLabels = missing('data/truth/aws_dataset.json', 'data/cloudtrail/invictus-aws_dataset')

describe.skipIf(noLabels !== undefined)(noLabels ?? 'recall on a labelled attack', () => {
  interface Step {
    readonly step: number
    readonly name: string
    readonly event_ids: readonly string[]
  }
  let steps: readonly Step[] = []
  let events: readonly JsonObject[] = []
  beforeAll(() => {
    steps = (sharedJson('data/truth/aws_dataset.json') as { steps: readonly Step[] }).steps
    events = records('invictus-aws_dataset').map(blank)
  })

  test('at least 10 of its 14 steps are found without the name of the tool', () => {
    const found = hits(events)
    const table = steps.map(({ step, name, event_ids }) => {
      const titles = found.filter(hit => event_ids.includes(hit.eventId)).map(hit => hit.rule.meta.title)
      return { step, name, rules: [...new Set(titles)] }
    })
    expect(steps.length).toBe(14)
    const lost = table.filter(({ rules }) => rules.length === 0)
    expect(table.length - lost.length, JSON.stringify(lost)).toBeGreaterThanOrEqual(10)
  })
})

/** What fires at level high or above on logs without an attack, each with the reason why that is right. */
const ARGUED: Readonly<Record<string, string>> = {}

const noLab = missing('data/cloudtrail/sans504-s3-lab')

test.skipIf(noLab !== undefined)(
  noLab ?? 'nothing serious is found in harmless logs, but what is argued',
  () => {
    const serious = hits(records('sans504-s3-lab')).filter(({ rule }) =>
      ['high', 'critical'].includes(rule.meta.level),
    )
    const table = new Map<string, number>()
    for (const { rule } of serious) table.set(rule.meta.title, (table.get(rule.meta.title) ?? 0) + 1)
    expect([...table].filter(([title]) => !Object.hasOwn(ARGUED, title))).toEqual([])
  },
)

interface Hit {
  readonly rule: DetectionRule
  readonly eventId: string
}

function hits(events: readonly JsonObject[]): readonly Hit[] {
  const index = new RuleIndex(allRules)
  return events.flatMap(event =>
    index.matches(event, JSON.stringify(event)).flatMap(place => {
      const rule = allRules[place]
      return rule === undefined ? [] : [{ rule, eventId: String(event['eventID']) }]
    }),
  )
}

/** The event with every user agent, and every name that holds the name of the attacker's tool, blanked. */
function blank(event: JsonObject): JsonObject {
  const text = JSON.stringify(event, (key, value: unknown) => {
    if (typeof value !== 'string') return value
    return key === 'userAgent' ? '' : value.replace(/[\w.@+=-]*stratus[\w.@+=-]*/gi, 'blanked')
  })
  return JSON.parse(text) as JsonObject
}
