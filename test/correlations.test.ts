import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { huntAll, rulesOf, scanOf } from './detect/scans.ts'
import { DATASETS, missing, sharedJson, sharedLines } from './plain/shared-data.ts'

const FILE = 'cases/sigma-expected-dev.json'
const CORPUS = 'corpus/sigma-suzaku.jsonl'
const LOGS = 'data/cloudtrail'
const VARIANTS = ['all_records', 'distinct_eventIDs'] as const

interface Outcome {
  readonly base_hits: Readonly<Record<string, number>>
  readonly groups_firing_null_is_a_group: number
  readonly firing: readonly { readonly group: readonly (string | null)[] }[]
}
interface Expected {
  readonly correlations: Readonly<
    Record<
      string,
      {
        readonly path: string
        readonly datasets: Readonly<Record<string, Record<(typeof VARIANTS)[number], Outcome>>>
      }
    >
  >
}

const absent = missing(FILE, LOGS, CORPUS)

describe.skipIf(absent !== undefined)(absent ?? 'published correlations over real logs', () => {
  const { correlations } = absent === undefined ? (sharedJson(FILE) as Expected) : { correlations: {} }
  const paths = Object.values(correlations).map(({ path }) => path)
  const texts =
    absent === undefined ? (sharedLines(CORPUS) as { readonly path: string; readonly yaml: string }[]) : []
  const rules = rulesOf(texts.filter(({ path }) => paths.includes(path)).map(({ yaml }) => yaml))

  test.each(DATASETS.flatMap(dataset => VARIANTS.map(variant => [dataset, variant] as const)))(
    'groups in %s, %s',
    async (dataset, variant) => {
      const { findings, ledger } = await huntAll({
        ...scanOf(inputsOf(dataset)),
        rules,
        selection: { include: [], exclude: [] },
        keepDuplicates: variant === 'all_records',
        strict: false,
        profile: false,
        watch: { begin: () => {}, progress: () => {}, fileDone: () => {}, hit: () => {} },
      })
      expect(ledger.totals.failed).toBe(0)
      const hits = new Map(ledger.rules.map(({ title, hits: count }) => [title, count]))
      for (const [id, { datasets }] of Object.entries(correlations)) {
        const wanted = datasets[dataset]?.[variant]
        const groups = findings.filter(({ rule_id }) => rule_id === id).map(({ entity }) => entity.value)
        expect(new Set(groups).size).toBe(wanted?.groups_firing_null_is_a_group ?? 0)
        expect(groups.sort()).toEqual(
          (wanted?.firing ?? []).map(({ group }) => group.map(one => one ?? '-').join(', ')).sort(),
        )
        for (const [title, count] of Object.entries(wanted?.base_hits ?? {}))
          expect([title, hits.get(title)]).toEqual([title, count])
        expect(ledger.rules.find(rule => rule.id === id)?.end).not.toBe('not-run')
      }
    },
    60_000,
  )
})

function inputsOf(dataset: string): readonly string[] {
  const path = `../shared/${LOGS}/${dataset}`
  if (dataset === 'traildiscover-log-examples') return [`${path}.jsonl`]
  if (dataset !== 'permiso-console-sessions') return [path]
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.events.json'))
    .map(file => `${path}/${file}`)
}
