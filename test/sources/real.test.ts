import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { globSync } from 'tinyglobby'
import { describe, expect, test } from 'vitest'
import type { NormalEvent } from '../../src/core/event.ts'
import type { Json } from '../../src/core/json.ts'
import { csvRecords, looksLikeCsv } from '../../src/sources/csv.ts'
import type { Unwrapped } from '../../src/sources/source.ts'
import { unwrapped } from './events.ts'

const DATA = '../shared/data/cloudtrail'
const there = existsSync(DATA)
if (!there) console.warn(`skipped: ${DATA} is not there`)

function files(pattern: string): readonly string[] {
  return globSync(`${DATA}/${pattern}`).sort()
}

function textOf(file: string): string {
  const bytes = readFileSync(file)
  return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
}

function ofFiles(pattern: string): readonly Unwrapped[] {
  return files(pattern).flatMap(file => unwrapped(JSON.parse(textOf(file)) as Json))
}

function ofLines(pattern: string): readonly Unwrapped[] {
  return files(pattern)
    .flatMap(file => textOf(file).trim().split('\n'))
    .flatMap(line => unwrapped(JSON.parse(line) as Json))
}

function normalised(items: readonly Unwrapped[]): readonly NormalEvent[] {
  return items.flatMap(item => (item.kind === 'event' ? [item.source.normalise(item.record)] : []))
}

/** Value -> how many, the most frequent first. */
function counts(values: readonly (string | undefined)[]): Record<string, number> {
  const found = new Map<string, number>()
  for (const value of values) found.set(value ?? '-', (found.get(value ?? '-') ?? 0) + 1)
  return Object.fromEntries([...found].sort((a, b) => b[1] - a[1]))
}

/** Items by kind, and the distinct ids among the events. */
function tally(items: readonly Unwrapped[]): Record<string, number> {
  const kinds = counts(items.map(item => (item.kind === 'apart' ? item.what : item.kind)))
  const ids = normalised(items).flatMap(({ id }) => id ?? [])
  return { ...kinds, ids: new Set(ids).size }
}

describe.skipIf(!there)('real logs', () => {
  test.each<readonly [string, Record<string, number>, Record<string, number>]>([
    ['sans504-s3-lab/**/*.gz', { event: 18_672, ids: 14_640 }, { succeeded: 11_830, denied: 6842 }],
    ['invictus-aws_dataset/*.json', { event: 1031, ids: 1031 }, { succeeded: 915, denied: 116 }],
    ['permiso-console-sessions/*.events.json', { event: 6558, ids: 5524 }, { succeeded: 6513, denied: 45 }],
    ['stratus-detonation-logs/*.json', { event: 107, ids: 107 }, { succeeded: 105, denied: 2 }],
  ])('%s', (pattern, kinds, outcomes) => {
    const items = ofFiles(pattern)
    expect(tally(items)).toEqual(kinds)
    const events = normalised(items)
    expect(counts(events.map(({ outcome }) => outcome))).toEqual(outcomes)
    expect(events.filter(({ time }) => time === undefined)).toEqual([])
  })

  test.each<readonly [string, Record<string, number>]>([
    ['traildiscover-log-examples.jsonl', { event: 271, ids: 153 }],
    ['splunk-example-logs.jsonl', { event: 23, ids: 23 }],
    ['sekoia-normalisation.jsonl', { event: 7, insight: 1, ids: 5 }],
    ['plaso-aws_cloudtrail.jsonl', { event: 6, ids: 6 }],
    // Nine rows are about other products, or have neither a name nor a service.
    ['panther-tests/AWS.CloudTrail.jsonl', { event: 277, unknown: 9, ids: 99 }],
  ])('%s', (pattern, kinds) => {
    expect(tally(ofLines(pattern))).toEqual(kinds)
  })

  test('the honey bucket', () => {
    const text = textOf(`${DATA}/otrf/AWS_S3_HoneyBucketLogs.csv`)
    expect(looksLikeCsv(text.slice(0, text.indexOf('\n')))).toBe(true)
    const items: Unwrapped[] = []
    const problems: string[] = []
    csvRecords(
      text,
      row => items.push(...unwrapped(row)),
      message => problems.push(message),
    )
    const events = normalised(items)
    expect(problems).toEqual([])
    expect(tally(items)).toMatchObject({ event: 301 })
    expect(counts(events.map(({ action }) => action))).toEqual({
      HeadBucket: 159,
      ListObjects: 138,
      PutObject: 4,
    })
    expect(new Set(events.map(({ address }) => address)).size).toBe(224)
    expect(counts(events.map(({ outcome }) => outcome))).toEqual({ unknown: 301 })
    expect(events.filter(({ actor }) => actor.principal === undefined)).toHaveLength(284)
  })

  test('kinds of actors', () => {
    const items = [
      ...ofFiles('invictus-aws_dataset/*.json'),
      ...ofFiles('stratus-detonation-logs/*.json'),
      ...ofFiles('permiso-console-sessions/*.events.json'),
      ...ofLines('*.jsonl'),
      ...ofLines('panther-tests/*.jsonl'),
    ]
    const events = normalised(items)
    expect(counts(events.map(({ actor }) => actor.type))).toEqual({
      '-': 6576,
      IAMUser: 1353,
      AssumedRole: 322,
      AWSService: 12,
      Root: 12,
      AWSAccount: 4,
      SAMLUser: 1,
    })
    const nobody = events.filter(({ actor }) => actor.type !== undefined && actor.principal === undefined)
    // A login whose name is hidden.
    expect(counts(nobody.map(({ actor }) => actor.type))).toEqual({ IAMUser: 1 })
    const roles = events.filter(({ actor }) => actor.type === 'AssumedRole' && actor.role === undefined)
    // Rows of Panther that were cut down to a name.
    expect(counts(roles.map(({ actor }) => actor.principal))).toEqual({ TestRole: 6 })
  })
})
