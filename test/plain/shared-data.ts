import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { JsonObject } from '../../src/core/json.ts'

/** Folders of logs of AWS with known matches. */
export const DATASETS: readonly string[] = [
  'invictus-aws_dataset',
  'sans504-s3-lab',
  'stratus-detonation-logs',
  'traildiscover-log-examples',
  'permiso-console-sessions',
]

/** The material that lies beside a checkout, and may not be there. */
const SHARED = '../shared'

/** Why a test over the material is skipped, or `undefined` if it is all there. */
export function missing(...paths: readonly string[]): string | undefined {
  const absent = paths.filter(path => !existsSync(join(SHARED, path)))
  return absent.length === 0
    ? undefined
    : `skipped: ${absent.map(path => `${SHARED}/${path}`).join(', ')} is not there`
}

/** A JSON document, packed with gzip or not. */
export function sharedJson(path: string): unknown {
  const bytes = readFileSync(join(SHARED, path))
  return JSON.parse((path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'))
}

/** The values of a file of JSON lines. */
export function sharedLines(path: string): readonly unknown[] {
  const text = readFileSync(join(SHARED, path), 'utf8')
  return text.split('\n').flatMap(line => (line.trim() === '' ? [] : [JSON.parse(line) as unknown]))
}

/** All records of a data set, as `cases/README.md` says how to read it. */
export function records(dataset: string): readonly JsonObject[] {
  const folder = `data/cloudtrail/${dataset}`
  if (dataset === 'traildiscover-log-examples')
    return sharedLines(`${folder}.jsonl`).flatMap(line => (line as { log: readonly JsonObject[] }).log)
  const ending = dataset === 'permiso-console-sessions' ? '.events.json' : /\.json(\.gz)?$/
  return readdirSync(join(SHARED, folder), { recursive: true, encoding: 'utf8' })
    .filter(file => (typeof ending === 'string' ? file.endsWith(ending) : ending.test(file)))
    .sort()
    .flatMap(file => recordsOf(readFileSync(join(SHARED, folder, file))))
}

function recordsOf(bytes: Buffer): readonly JsonObject[] {
  const text = (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString('utf8')
  const value = JSON.parse(text) as
    | readonly JsonObject[]
    | { readonly Records: readonly JsonObject[] }
    | JsonObject
  if (Array.isArray(value)) return value as readonly JsonObject[]
  return 'Records' in value ? (value.Records as readonly JsonObject[]) : [value as JsonObject]
}
