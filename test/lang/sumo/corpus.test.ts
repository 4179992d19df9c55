import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Diagnostic } from '../../../src/core/diagnostic.ts'
import { NOTHING } from '../../../src/engines/duckdb/drive.ts'
import { parseSumo } from '../../../src/lang/sumo/parse.ts'
import { printSumo } from '../../../src/lang/sumo/print.ts'
import { sumoSearch } from '../../../src/lang/sumo/search.ts'
import { Refusal, type Search } from '../../../src/plan/lowering.ts'
import { missing, sharedLines } from '../../plain/shared-data.ts'
import { SearchBench } from '../../search-harness.ts'
import { environmentOf } from './environment.ts'

const FILE = 'corpus/sumo.jsonl'
const noCorpus = missing(FILE)
const published = (noCorpus === undefined ? sharedLines(FILE) : []) as readonly {
  readonly id: string
  readonly query: string
}[]
/** `RUNS=1` lowers every query. */
const STEP = process.env['RUNS'] === undefined ? 5 : 1

describe.skipIf(noCorpus !== undefined)(noCorpus ?? 'published queries', () => {
  let bench: SearchBench
  beforeAll(async () => {
    bench = await SearchBench.open()
  })
  afterAll(() => bench.close())

  test('are read, and read the same when they are printed', () => {
    const read = published.map(({ id, query }) => ({ id, ...parseSumo(query) }))
    const [good, wrong] = [
      read.filter(({ problems }) => !failed(problems)),
      read.filter(({ problems }) => failed(problems)),
    ]
    console.table(wrong.map(({ id, problems }) => ({ id, problem: problems[0]?.message })))
    expect(published.length).toBeGreaterThan(1000)
    expect(wrong.length).toBeLessThan(published.length * 0.005)
    const unstable = good.filter(({ query }) => {
      const once = printSumo(query)
      return printSumo(parseSumo(once).query) !== once
    })
    expect(unstable).toEqual([])
  })

  test(`are lowered, or refused for a reason${STEP === 1 ? '' : `: one in ${STEP}`}`, () => {
    const some = published.filter((_, place) => place % STEP === 0)
    const reasons = some.flatMap(({ query }) => refusal(query) ?? [])
    const count = new Map<string, number>()
    for (const reason of reasons) count.set(reason, (count.get(reason) ?? 0) + 1)
    console.table([...count].map(([reason, queries]) => ({ reason, queries })))
    expect(reasons.length).toBeLessThan(some.length * 0.02)
  })

  test('run: every fiftieth', async () => {
    for (const { query } of published.filter((_, place) => place % 50 === 0)) {
      const read = sumoSearch(query)
      if (read.ok && refusal(query) === undefined) {
        await bench.run(read.value, 'sumo', ['{"eventName":"x","n":1}', 'a text'])
      }
    }
  }, 60_000)
})

function failed(problems: readonly Diagnostic[]): boolean {
  return problems.some(({ severity }) => severity === 'error')
}

/** Why a query cannot run, or undefined. */
function refusal(query: string): string | undefined {
  const read = sumoSearch(query)
  if (!read.ok) {
    const [first] = read.problems.filter(({ severity }) => severity === 'error')
    return `${first?.code} ${first?.message}`
  }
  try {
    drain(read.value)
    return undefined
  } catch (thrown) {
    if (thrown instanceof Refusal) return `${thrown.problem.code} ${thrown.message}`
    throw thrown
  }
}

/** Lowers over messages that have nothing but a text. */
function drain(search: Search): void {
  const environment = environmentOf([
    { name: '_raw', type: 'text' },
    { name: '_time', type: 'number' },
  ])
  const lowering = search.lower(environment)
  for (let step = lowering.next(NOTHING); !step.done; ) step = lowering.next(NOTHING)
}
