import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { gunzipSync } from 'node:zlib'
import type { JsonObject } from '../../src/core/json.ts'
import { evaluate } from '../plain/evaluate.ts'
import { loadText } from '../plain/load.ts'

/** Evaluate all rules of a folder on all events of these files. */
export interface PlainOrder {
  readonly rules: string
  readonly files: readonly string[]
}

parentPort?.postMessage(hitsOf(workerData as PlainOrder))

/** `<rule> <event>` for each hit. */
function hitsOf({ rules: folder, files }: PlainOrder): readonly string[] {
  const rules = readdirSync(folder).flatMap(
    name => loadText(readFileSync(join(folder, name), 'utf8'), name).rules,
  )
  return files
    .flatMap(readEvents)
    .flatMap(event =>
      rules
        .filter(rule => evaluate(rule.where, event))
        .map(rule => `${rule.meta.id} ${String(event['eventID'])}`),
    )
}

function readEvents(file: string): readonly JsonObject[] {
  const text = gunzipSync(readFileSync(file)).toString('utf8')
  return (JSON.parse(text) as { readonly Records: readonly JsonObject[] }).Records
}
