import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { JsonObject } from '../../../src/core/json.ts'
import { readMacrosJson } from '../../../src/lang/spl/macros/json.ts'
import type { Macros } from '../../../src/lang/spl/macros/macro.ts'
import { splSearch } from '../../../src/lang/spl/search.ts'
import type { LookupTable } from '../../../src/plan/lowering.ts'
import { missing, sharedJson, sharedLines } from '../../plain/shared-data.ts'
import { lookupOf, SearchBench } from '../../search-harness.ts'

interface Published {
  readonly name: string
  readonly search: string
}
interface Lookup {
  readonly header?: readonly string[]
  readonly fields_list?: string
}

const absent = missing('corpus/spl-cloud.jsonl', 'corpus/macros.json', 'corpus/lookups.json')

/** What needs an index of metrics or a trained model. */
const CANNOT = /\b(mstats|apply|summary)\b/

const EVENT: JsonObject = {
  _time: 1_700_000_000,
  eventName: 'GetObject',
  eventSource: 's3.amazonaws.com',
  errorCode: 'success',
  sourceIPAddress: '192.0.2.1',
  requestParameters: {
    bucketName: 'example',
    policyDocument: '{"Statement":[{"Action":"*"}]}',
    userName: 'ann',
  },
  responseElements: { imageScanFindings: { findings: [{ name: 'x', severity: 'HIGH', description: 'y' }] } },
  ModifiedProperties: [{ Name: 'Role.DisplayName', NewValue: '["a"]', OldValue: '[]' }],
  Data: '{"f3u":"ann","sev":"Low"}',
  user: 'ann@example.com',
}

describe.skipIf(absent !== undefined)(absent ?? 'published searches', () => {
  const searches = absent === undefined ? (sharedLines('corpus/spl-cloud.jsonl') as readonly Published[]) : []
  const macros = absent === undefined ? publishedMacros() : new Map()
  const lookups = absent === undefined ? emptyLookups() : {}
  let bench: SearchBench
  beforeAll(async () => {
    bench = await SearchBench.open()
  })
  afterAll(() => bench.close())

  test.each(searches.map(({ name, search }) => [name, search] as const))('%s', async (_, search) => {
    const parsed = splSearch(search, { macros })
    const errors = parsed.problems.filter(({ severity }) => severity === 'error')
    if (CANNOT.test(search)) {
      expect(new Set(errors.map(({ code }) => code))).toEqual(new Set(['spl/unsupported-command']))
    } else if (parsed.ok) {
      const { columns } = await bench.run(parsed.value, 'splunk', [EVENT], { lookups })
      expect(columns.length).toBeGreaterThan(0)
    } else {
      expect(errors).toEqual([])
    }
  })
})

function publishedMacros(): Macros {
  const read = readMacrosJson(JSON.stringify(sharedJson('corpus/macros.json')))
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join('\n'))
  return read.value
}

/** The published tables without their rows. */
function emptyLookups(): Readonly<Record<string, LookupTable>> {
  const { lookups } = sharedJson('corpus/lookups.json') as { lookups: Readonly<Record<string, Lookup>> }
  return Object.fromEntries(
    Object.entries(lookups).map(([name, { header, fields_list }]) => {
      const names = header ?? (fields_list ?? '').split(',').map(field => field.trim())
      const columns = [...new Set(names)].map(column => ({ name: column, type: 'text' as const }))
      return [name, lookupOf(name, { relation: { op: 'rows', columns, rows: [] }, order: [] })]
    }),
  )
}
