import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { runSearchFixtures } from '../../../src/detect/searches/fixtures.ts'
import { prepareSearches } from '../../../src/detect/searches/prepare.ts'
import { loadRules } from '../../../src/rules/load.ts'
import { readPage } from '../../../src/rules/page.ts'

const around = { settings: { macros: new Map(), strict: false }, lookups: new Map() }
const { prepared, rules } = await prepareSearches(loadRules(['content/searches']), around)

test('every built-in search loads and plans', () => {
  expect(rules.refused).toEqual([])
  expect(prepared.length).toBe(2)
})

describe.each(prepared)('$rule.meta.title', search => {
  const { rule, source, problems } = search

  test('says all that a finding shows', () => {
    expect(problems).toEqual([])
    const { meta, facts, entity, risk } = rule
    expect(meta.tags.join(' ')).toMatch(/attack\.t\d{4}/)
    for (const list of [meta.falsepositives, meta.references, meta.fields, facts.dataSources, entity])
      expect(list).not.toEqual([])
    expect([facts.type, facts.howToImplement, risk?.message].every(text => text !== undefined)).toBe(true)
    expect(readPage(readFileSync((source?.path ?? '').replace(/yml$/, 'md'), 'utf8')).title).toBe(meta.title)
  })

  test('finds what its page says, and not the near misses', async () => {
    if (source === undefined) throw new Error('it has no file')
    const results = (await runSearchFixtures(search, source, around)) ?? []
    expect(results.filter(({ wanted, got }) => got !== wanted)).toEqual([])
    expect(new Set(results.map(({ wanted }) => wanted))).toEqual(new Set([true, false]))
  }, 60_000)
})
