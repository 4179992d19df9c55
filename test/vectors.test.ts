import { expect, test } from 'vitest'
import type { JsonObject } from '../src/core/json.ts'
import { compile } from '../src/scan/compile.ts'
import { evaluate } from './plain/evaluate.ts'
import { loadText } from './plain/load.ts'
import { missing, sharedJson } from './plain/shared-data.ts'

interface Vector {
  readonly detection: unknown
  readonly event?: JsonObject
  readonly expect: boolean | 'reject'
  readonly placeholders?: Readonly<Record<string, readonly string[]>>
}

const absent = missing('spec/sigma-vectors.json')

test.skipIf(absent !== undefined)(absent ?? 'every Sigma vector gets its verdict', () => {
  const vectors = sharedJson('spec/sigma-vectors.json') as readonly Vector[]
  expect(vectors.length).toBeGreaterThan(100)
  const wrong = vectors.map(verdicts).filter(({ vector, found }) => found.some(one => one !== vector.expect))
  expect(wrong).toEqual([])
})

/** What the scan and the plain evaluator say. JSON is YAML, so the vector stands in the rule as it is. */
function verdicts(vector: Vector) {
  const logsource = { product: 'aws', service: 'cloudtrail' }
  const text = JSON.stringify({ title: 'Vector', logsource, detection: vector.detection })
  const { rules, problems } = loadText(text, 'vector.json', vector.placeholders)
  const [rule] = rules
  const { event } = vector
  const found =
    rule === undefined || event === undefined
      ? ['reject' as const]
      : [compile(rule.where)(event), evaluate(rule.where, event)]
  return { vector, found: rule !== undefined && event === undefined ? ['loaded'] : found, problems }
}
