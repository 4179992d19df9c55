import type { JsonObject } from '../../src/core/json.ts'
import { Random } from '../bench/random.ts'
import { DAYS, everyday } from './everyday.ts'
import { intrusion } from './intrusion.ts'
import { type Call, PRODUCTION, record } from './record.ts'

/** The minutes of the day at which files end. */
const STAMPS = ['0555', '1155', '1755', '2355']

/** Path below `samples/` -> the file's text before it is packed (`.gz`) or as it is. Always the same. */
export function sampleFiles(): ReadonlyMap<string, string> {
  const random = new Random(1)
  const files = new Map<string, JsonObject[]>()
  for (const call of [...everyday(), ...intrusion()].sort(byTime)) {
    const path = pathOf(call)
    files.set(path, [...(files.get(path) ?? []), record(call, random)])
  }
  return new Map([...files].map(([path, records]) => [path, textOf(path, records)]))
}

function byTime(first: Call, second: Call): number {
  if (first.time === second.time) return 0
  return first.time < second.time ? -1 : 1
}

/** Reads of the customers' bucket come from a data trail, exported as JSON lines; the rest as AWS delivers it. */
function pathOf({ time, account = PRODUCTION, region = 'eu-west-1', request }: Call): string {
  if (request?.['bucketName'] === 'example-orchard-customer-exports' && 'key' in request) {
    return 'object-reads.jsonl'
  }
  const day = time.slice(0, 10)
  const window = Math.floor(Number(time.slice(11, 13)) / 6)
  const stamp = `${day.replaceAll('-', '')}T${STAMPS[window]}Z`
  const suffix = new Random(DAYS.indexOf(day) + 10 * window).base32(16)
  const folder = `AWSLogs/${account}/CloudTrail/${region}/${day.replaceAll('-', '/')}`
  return `${folder}/${account}_CloudTrail_${region}_${stamp}_${suffix}.json.gz`
}

function textOf(path: string, records: readonly JsonObject[]): string {
  return path.endsWith('.jsonl')
    ? records.map(one => `${JSON.stringify(one)}\n`).join('')
    : JSON.stringify({ Records: records })
}
