import { expect, test } from 'vitest'
import { missing, sharedJson, sharedLines } from '../../plain/shared-data.ts'
import { link } from './documents.ts'

const CORPUS = ['corpus/sigma-cloud.jsonl', 'corpus/sigma-suzaku.jsonl']
const noCorpus = missing(...CORPUS)
const noVectors = missing('spec/sigma-vectors.json')

/** What may be wrong with a published rule: it needs to know its environment, or it is Sigma 1. */
const REASONS = ['sigma/placeholder', 'sigma/timeframe', 'sigma/aggregation']

test.skipIf(noCorpus !== undefined)(
  noCorpus ?? 'published rules load, or are refused for a known reason',
  () => {
    const published = CORPUS.flatMap(sharedLines) as readonly {
      readonly path: string
      readonly yaml: string
    }[]
    const linked = published.flatMap(({ path, yaml }) => link(yaml).map(one => ({ path, one })))
    const refused = linked.flatMap(({ path, one }) =>
      one.kind === 'refused' ? [{ path, problems: one.problems }] : [],
    )
    const table = refused.map(({ path, problems }) => {
      const codes = new Set(problems.flatMap(({ code, severity }) => (severity === 'error' ? [code] : [])))
      return { rule: path.replace(/^.*\//, ''), reasons: [...codes].join(' ') }
    })
    console.table(table)
    expect(linked.length).toBeGreaterThan(480)
    expect(table.filter(({ reasons }) => !reasons.split(' ').every(code => REASONS.includes(code)))).toEqual(
      [],
    )
    expect(table).toHaveLength(10)
  },
)

interface Vector {
  readonly detection: unknown
  readonly expect: boolean | 'reject'
  readonly placeholders?: Readonly<Record<string, readonly string[]>>
}

test.skipIf(noVectors !== undefined)(noVectors ?? 'exactly the vectors that must be refused are', () => {
  const vectors = sharedJson('spec/sigma-vectors.json') as readonly Vector[]
  const wrong = vectors.filter(({ detection, expect: verdict, placeholders }) => {
    const rule = { title: 'Vector', logsource: { product: 'aws' }, detection }
    const [linked] = link(JSON.stringify(rule), placeholders)
    return (linked?.kind === 'refused') !== (verdict === 'reject')
  })
  expect(wrong).toEqual([])
})
