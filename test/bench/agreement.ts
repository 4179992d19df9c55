import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { PlainOrder } from './agreement-worker.ts'
import { measure } from './measure.ts'

/** What the command line and the plain evaluator found in the same events. */
export interface Agreement {
  /** Pairs of a rule and an event that both found. */
  readonly agreed: number
  /** `<rule> <event>`, found by one of the two alone. */
  readonly onlyHunt: readonly string[]
  readonly onlyPlain: readonly string[]
}

/** What to compare: a folder of events, a folder of rules, the hunt's program, and where to put its output. */
export interface Comparison {
  readonly data: string
  readonly rules: string
  readonly main: string
  readonly folder: string
  readonly threads: number
}

/** Hunts, and checks every hit against the plain evaluator. */
export async function agreement({ data, rules, main, folder, threads }: Comparison): Promise<Agreement> {
  const file = join(folder, 'agreement-hits.jsonl')
  const output = join(folder, 'agreement.jsonl')
  measure(folder, main, ['hunt', data, '-r', rules, '-t', 'jsonl', '-o', output, '--hits', file, '--quiet'])
  const hunted = new Set(readHits(file))
  const plain = new Set(await plainHits(data, rules, threads))
  return {
    agreed: [...hunted].filter(hit => plain.has(hit)).length,
    onlyHunt: [...hunted].filter(hit => !plain.has(hit)),
    onlyPlain: [...plain].filter(hit => !hunted.has(hit)),
  }
}

function readHits(file: string): readonly string[] {
  const lines = readFileSync(file, 'utf8').split('\n')
  return lines
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as { readonly rule_id: string; readonly event_id: string })
    .map(hit => `${hit.rule_id} ${hit.event_id}`)
}

async function plainHits(data: string, rules: string, threads: number): Promise<readonly string[]> {
  const files = readdirSync(data, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.json.gz'))
    .map(name => join(data, name))
  const shares = Array.from({ length: threads }, (_, part) =>
    evaluateAll({ rules, files: files.filter((_, place) => place % threads === part) }),
  )
  return (await Promise.all(shares)).flat()
}

function evaluateAll(order: PlainOrder): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./agreement-worker.js', import.meta.url), { workerData: order })
    worker.on('message', resolve)
    worker.on('error', reject)
  })
}
