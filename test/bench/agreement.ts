import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { JsonObject } from '../../src/core/json.ts'
import type { DetectionRule } from '../../src/plan/rule.ts'
import { evaluate } from '../plain/evaluate.ts'
import { loadText } from '../plain/load.ts'
import { measure } from './measure.ts'

/** What the command line and the plain evaluator found in the same events. */
export interface Agreement {
  /** Pairs of a rule and an event that both found. */
  readonly agreed: number
  /** `<rule> <event>`, found by one of the two alone. */
  readonly onlyHunt: readonly string[]
  readonly onlyPlain: readonly string[]
}

/** Hunts with a folder of rules over a folder of events, and checks every hit against the plain evaluator. */
export function agreement(folder: string, data: string, rules: string, main: string): Agreement {
  const file = join(folder, 'agreement-hits.jsonl')
  const out = join(folder, 'agreement.jsonl')
  measure(folder, main, ['hunt', data, '-r', rules, '-t', 'jsonl', '-o', out, '--hits', file, '--quiet'])
  const hunted = new Set(readHits(file))
  const plain = plainHits(data, readRules(rules))
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

function readRules(folder: string): readonly DetectionRule[] {
  return readdirSync(folder).flatMap(name => loadText(readFileSync(join(folder, name), 'utf8'), name).rules)
}

function plainHits(data: string, rules: readonly DetectionRule[]): ReadonlySet<string> {
  const hits = new Set<string>()
  for (const name of readdirSync(data, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.json.gz')) continue
    for (const event of readEvents(join(data, name))) {
      for (const { meta, where } of rules) {
        if (evaluate(where, event)) hits.add(`${meta.id} ${String(event['eventID'])}`)
      }
    }
  }
  return hits
}

function readEvents(file: string): readonly JsonObject[] {
  const text = gunzipSync(readFileSync(file)).toString('utf8')
  return (JSON.parse(text) as { readonly Records: readonly JsonObject[] }).Records
}
