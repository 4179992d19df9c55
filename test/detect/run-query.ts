import type { QueryOptions } from '../../src/detect/query/options.ts'
import { runQuery } from '../../src/detect/query/run.ts'
import type { Search } from '../../src/plan/lowering.ts'
import type { Cell } from '../../src/plan/relation.ts'

/** The rows of a search over inputs, what is noted, and what became of it. */
export async function run(
  search: Search,
  inputs: readonly string[],
  style: 'splunk' | 'sumo' = 'splunk',
  time: { readonly from?: number; readonly to?: number; readonly now?: number } = {},
) {
  const rows: Cell[][] = []
  const notes: string[] = []
  const options: QueryOptions = {
    search,
    style,
    inputs,
    now: 1_700_000_000,
    strict: false,
    memory: 500,
    threads: 1,
    maxUnpacked: 1e9,
    stop: new Int32Array(new SharedArrayBuffer(4)),
    watch: { begin: () => {}, progress: () => {}, fileDone: () => {} },
    lookups: new Map(),
    ...time,
    sink: {
      begin: () => {},
      rows: batch => rows.push(...batch.map(row => [...row])),
      note: problem => notes.push(problem.message),
    },
  }
  const result = await runQuery(options)
  return { rows, notes, result }
}
