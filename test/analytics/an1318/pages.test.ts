import { expect } from 'vitest'
import type { AnalyticResult } from '../../../src/analytics/analytic.ts'
import type { Context } from '../../../src/context/context.ts'
import { loadContext } from '../../../src/context/load.ts'
import { durationText } from '../../../src/core/duration.ts'
import type { Finding } from '../../../src/findings/finding.ts'
import type { Step } from '../../../src/findings/sections.ts'
import { testPages } from '../../page-tests.ts'
import { feed, logged } from './feed.ts'

const seen = 'source: test, last_verified: 2026-03-01'
const approval = 'owner: ops@example.com, reason: needed, ticket: CHG-1, review_by: 2026-12-01'
/** What is known on every page, unless it says otherwise. */
const TABLES: Readonly<Record<string, string>> = {
  'accounts.yaml': `- {id: '111122223333', name: own, owner: ops, ${seen}}\n`,
  'projects.yaml': `- {id: example-core, name: core, owner: ops, ${seen}}\n`,
  'image_vendors.yaml': `- {owner: '137112412989', name: the vendor, ${seen}}\n`,
  'owned_networks.yaml': `- {cidr: 192.0.2.0/24, name: office, ${seen}}\n`,
  'blocked_destinations.yaml': `- {destination: 203.0.113.66/32, reason: known bad, ${seen}}\n`,
  'images.yaml': [
    `- {id: ami-own, owner_account: '111122223333', region: eu-west-1, name: own, ${seen}}`,
    `- {id: ami-vendor, owner_account: '137112412989', region: eu-west-1, name: vendor, ${seen}}`,
    '',
  ].join('\n'),
  'approved_images.yaml': [
    `- {image: ami-approved, created: 2026-01-01, expires: 2027-01-01, ${approval}}`,
    `- {image: ami-expired, created: 2025-01-01, expires: 2026-03-01, ${approval.replace('2026-12', '2026-02')}}`,
    `- {image: ami-late, created: 2026-03-11, expires: 2027-01-01, ${approval}}`,
    '',
  ].join('\n'),
}

testPages('test/cases/an1318', text => {
  const written = text.replace(/\n*```findings\n.*$/s, '').trimEnd()
  const records = block(text, 'jsonl').flatMap(line => logged(JSON.parse(line)))
  const context = contextOf(text)
  const answers = text.startsWith('# The finding answers')
  const result = told(feed(records, { context }), answers)
  expect(told(feed([...records].reverse(), { context }), answers)).toBe(result)
  return `${written}\n\n\`\`\`findings\n${result}\`\`\`\n`
})

function block(text: string, language: string): readonly string[] {
  const found = new RegExp(`^\`\`\`${language}\\n(.*?)\\n?^\`\`\`$`, 'ms').exec(text)?.[1] ?? ''
  return found.split('\n').filter(line => line !== '')
}

function contextOf(page: string): Context {
  const own = JSON.parse(block(page, 'tables').join('\n') || '{}') as Record<string, string | null>
  const tables = Object.entries({ ...TABLES, ...own }).flatMap(([file, text]) =>
    text === null ? [] : [{ file, text }],
  )
  const { context, problems } = loadContext(tables, {
    asOf: Date.UTC(2026, 2, 20),
    parameters: block(page, 'parameters'),
  })
  expect(problems.flatMap(one => one.problems.map(({ message }) => message))).toEqual([])
  return context
}

function told({ findings, notes }: AnalyticResult, answers: boolean): string {
  const lines = [
    ...findings.flatMap(one => [...findingLines(one), ...(answers ? answerLines(one) : [])]),
    ...notes,
  ]
  return lines.map(line => `${line}\n`).join('')
}

function findingLines({
  level,
  title,
  entity,
  because = [],
  steps = [],
  caveats = [],
}: Finding): readonly string[] {
  return [
    `${level}: ${title}`,
    `of ${entity.value}`,
    ...because.map(line => `- ${line}`),
    ...steps.map(stepLine),
    ...caveats.map(line => `! ${line}`),
  ]
}

function answerLines({ answers = [], risk }: Finding): readonly string[] {
  return [
    ...answers.map(({ question, value }) => `${question}? ${value}`),
    `risk ${risk?.score} = ${risk?.impact} x ${risk?.confidence}: ${risk?.parts.join('; ')}`,
  ]
}

function stepLine({ time, name, text, after, state }: Step): string {
  const wait = after === undefined ? '' : ` (${durationText(after)} later)`
  return `${state ?? time}${wait} ${name}: ${text}`
}
