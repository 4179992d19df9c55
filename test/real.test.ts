import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import type { JsonObject } from '../src/core/json.ts'
import type { DetectionRule } from '../src/plan/rule.ts'
import { RuleIndex } from '../src/scan/rule-index.ts'
import { type LoadedText, loadText } from './plain/load.ts'
import { DATASETS, missing, records, sharedJson, sharedLines } from './plain/shared-data.ts'

const CORPUS = ['corpus/sigma-cloud.jsonl', 'corpus/sigma-suzaku.jsonl']

interface Hits {
  readonly records: number
  readonly distinct_eventIDs: number
  readonly sha256_eventIDs: string
  readonly sha256_distinct_eventIDs: string
}
interface Expected {
  readonly datasets: Readonly<
    Record<string, { readonly records: number; readonly sha256_sorted_eventIDs: string }>
  >
  readonly rules: Readonly<
    Record<string, { readonly title: string; readonly datasets: Readonly<Record<string, Hits>> }>
  >
}
interface CorpusRule {
  readonly path: string
  readonly yaml: string
}

const absent = missing('cases/sigma-expected-dev.json', 'data/cloudtrail', ...CORPUS)

describe.skipIf(absent !== undefined)(absent ?? 'published rules over real logs', () => {
  let corpus: readonly (CorpusRule & { readonly loaded: LoadedText })[] = []
  let expected: Expected = { datasets: {}, rules: {} }
  let rules: readonly DetectionRule[] = []
  beforeAll(() => {
    corpus = CORPUS.flatMap(sharedLines).map(line => {
      const { path, yaml } = line as CorpusRule
      return { path, yaml, loaded: loadText(yaml, path) }
    })
    expected = sharedJson('cases/sigma-expected-dev.json') as Expected
    const all = corpus.flatMap(({ loaded }) => loaded.rules)
    rules = all.filter(rule => Object.hasOwn(expected.rules, rule.meta.id))
  })

  test('every rule loads, or is refused for a reason that stands in its text', () => {
    const refused = corpus.filter(({ loaded }) => loaded.refused.length > 0)
    const untrue = refused.filter(({ yaml, loaded }) => {
      const errors = loaded.problems.filter(problem => problem.severity === 'error')
      return errors.length === 0 || !errors.every(problem => REASONS[problem.code]?.test(yaml))
    })
    const shown = untrue.map(({ path, loaded }) => [path, ...loaded.problems.map(problem => problem.message)])
    expect(shown).toEqual([])
    expect(refused.filter(({ path }) => path.startsWith('rules/') || path.startsWith('suzaku/'))).toEqual([])
    expect(rules.length).toBe(387)
  })

  test.each(DATASETS)('hits in %s', dataset => {
    const events = records(dataset)
    const all = events.map(eventId)
    expect(events.length).toBe(expected.datasets[dataset]?.records)
    expect(digest(all)).toBe(expected.datasets[dataset]?.sha256_sorted_eventIDs)
    const found = hits(rules, events)
    const differences = rules.flatMap(({ meta }) => {
      const here = found.get(meta.id)
      const there = expected.rules[meta.id]?.datasets[dataset]
      return JSON.stringify(here) === JSON.stringify(there)
        ? []
        : [{ rule: meta.id, title: meta.title, here, there }]
    })
    expect(differences).toEqual([])
  })
})

/** Why a published rule may be refused, and what of its text shows that this is so. */
const REASONS: Readonly<Record<string, RegExp>> = {
  'sigma/placeholder': /\|expand\b/,
  'sigma/timeframe': /^\s+timeframe:/m,
  'sigma/aggregation': /^\s+condition:.*\|/m,
}

function hits(rules: readonly DetectionRule[], events: readonly JsonObject[]): ReadonlyMap<string, Hits> {
  const index = new RuleIndex(rules)
  const found = new Map<string, string[]>()
  for (const event of events) {
    for (const place of index.matches(event, JSON.stringify(event))) {
      const id = rules[place]?.meta.id ?? ''
      const ids = found.get(id) ?? []
      ids.push(eventId(event))
      found.set(id, ids)
    }
  }
  return new Map([...found].map(([id, ids]) => [id, summary(ids)]))
}

function summary(ids: readonly string[]): Hits {
  const distinct = [...new Set(ids)]
  return {
    records: ids.length,
    distinct_eventIDs: distinct.length,
    sha256_eventIDs: digest(ids),
    sha256_distinct_eventIDs: digest(distinct),
  }
}

function eventId(event: JsonObject): string {
  return String(event['eventID'])
}

function digest(ids: readonly string[]): string {
  return createHash('sha256')
    .update([...ids].sort().join('\n'))
    .digest('hex')
}
