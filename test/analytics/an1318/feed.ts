import { readFileSync } from 'node:fs'
import { an1318 } from '../../../src/analytics/an1318/an1318.ts'
import type { AnalyticEvent, AnalyticResult } from '../../../src/analytics/analytic.ts'
import type { Context } from '../../../src/context/context.ts'
import { noGeo } from '../../../src/context/geo.ts'
import { loadContext } from '../../../src/context/load.ts'
import type { JsonObject } from '../../../src/core/json.ts'
import { textOf } from '../../../src/core/text.ts'
import { field } from '../../../src/plan/expr.ts'
import { compile } from '../../../src/scan/compile.ts'
import { valuesOf } from '../../../src/scan/read.ts'
import type { SimulatedFile } from '../../../src/simulate/line.ts'
import { azureActivity } from '../../../src/sources/azure-activity/azure-activity.ts'
import { azureFlow } from '../../../src/sources/azure-flow/azure-flow.ts'
import { flowsOf } from '../../../src/sources/azure-flow/tuples.ts'
import { cloudtrail } from '../../../src/sources/cloudtrail/cloudtrail.ts'
import { gcpAudit } from '../../../src/sources/gcp/gcp-audit.ts'
import { gcpFlow } from '../../../src/sources/gcp/gcp-flow.ts'
import { guardduty } from '../../../src/sources/guardduty/guardduty.ts'
import { mappedSource } from '../../../src/sources/map/mapped-source.ts'
import { readSourceMap } from '../../../src/sources/map/read-source-map.ts'
import { route53Resolver } from '../../../src/sources/route53/route53-resolver.ts'
import type { Source } from '../../../src/sources/source.ts'
import { flowHeader, flowRecord } from '../../../src/sources/vpc-flow/lines.ts'
import { vpcFlow } from '../../../src/sources/vpc-flow/vpc-flow.ts'

/** A record and the log that it is of. */
export interface Logged {
  readonly source: Source
  readonly record: JsonObject
}

/** A log of clicks as a mapping describes it. */
const proxy = proxySource()

const SOURCES: readonly Source[] = [
  ...[cloudtrail, gcpFlow, gcpAudit, azureActivity, azureFlow, vpcFlow, route53Resolver, guardduty, proxy],
]

const tests = an1318.bases.map(({ rule, carry }) => ({
  rule,
  carry,
  test: compile(rule.where),
  sources: new Set(SOURCES.filter(source => source.answers(rule.logsource))),
}))

function proxySource(): Source {
  const read = readSourceMap(readFileSync('docs/source-maps/proxy-clicks.yml', 'utf8'))
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return mappedSource(read.value)
}

/** A record with the log that recognises it. */
export function logged(record: JsonObject): readonly Logged[] {
  const flows = flowsOf(record)
  if (flows !== undefined) return flows.map(flow => ({ source: azureFlow, record: flow }))
  const source = SOURCES.find(one => one.recognises(record))
  return source === undefined ? [] : [{ source, record: source.flat?.(record) ?? record }]
}

/** Every record of simulated logs. */
export function recordsOf({ path, text }: SimulatedFile): readonly Logged[] {
  if (path.includes('/CloudTrail/'))
    return (JSON.parse(text).Records as JsonObject[]).map(record => ({ source: cloudtrail, record }))
  if (path.includes('vpcflowlogs')) {
    const [header = '', ...lines] = text.split('\n')
    const names = flowHeader(header) ?? []
    return lines
      .filter(line => line !== '' && !line.endsWith('NODATA') && !line.includes('NODATA'))
      .map(line => ({ source: vpcFlow, record: flowRecord(names, line) ?? {} }))
  }
  if (!/cloudaudit|vpc_flows|insights-activity|flowlogflowevent/i.test(path)) return []
  return text
    .split('\n')
    .filter(line => line.startsWith('{'))
    .flatMap(line => opened(JSON.parse(line)).flatMap(logged))
}

function opened(record: JsonObject): readonly JsonObject[] {
  const { records } = record
  return Array.isArray(records) ? (records as JsonObject[]) : [record]
}

/** The events that the analytic wants of some records, in their order. */
export function eventsOf(records: readonly Logged[]): readonly AnalyticEvent[] {
  const seen = new Set<string>()
  const events = records.flatMap(({ source, record }, place) =>
    tests.flatMap(({ rule, carry, test, sources }, number): readonly AnalyticEvent[] => {
      if (!sources.has(source) || !test(record)) return []
      const event = source.normalise(record)
      const id = event.id ?? String(place)
      if (event.time === undefined || seen.has(`${id} ${rule.meta.id}`)) return []
      seen.add(`${id} ${rule.meta.id}`)
      const values = new Map(
        carry.flatMap(name => {
          const texts = valuesOf(record, field(name)).flatMap(value =>
            Array.isArray(value) ? [] : (textOf(value) ?? []),
          )
          return texts.length === 0 ? [] : [[name, [...new Set(texts)]] as const]
        }),
      )
      const evidence = {
        event_id: id,
        event_time: event.timeText ?? '',
        file: 'test',
        record: place,
        sha256: '',
      }
      return [
        {
          base: rule.meta.id,
          time: event.time,
          hit: { rule: number, event, evidence, matched: [], shown: [] },
          values,
        },
      ]
    }),
  )
  return events.toSorted(
    (a, b) => a.time - b.time || compare(a.hit.evidence.event_id, b.hit.evidence.event_id),
  )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

export interface FeedOptions {
  readonly context: Context
  /** UTC ms */
  readonly end?: number
  readonly hideApproved?: boolean
}

/** What AN1318 makes of records. */
export function feed(
  records: readonly Logged[],
  { context, end, hideApproved = false }: FeedOptions,
): AnalyticResult {
  const present = new Set(records.map(({ source }) => source))
  const run = an1318.start({
    context,
    geo: noGeo,
    observable: id =>
      tests.some(({ rule, sources }) => rule.meta.id === id && [...sources].some(one => present.has(one))),
    doubted: () => false,
    approved: () => {},
    hideApproved,
  })
  const events = eventsOf(records)
  for (const event of events) run.take(event)
  const last = records.length === 0 ? 0 : Math.max(...events.map(({ time }) => time), lastOf(records))
  return run.finish(end ?? last)
}

function lastOf(records: readonly Logged[]): number {
  return records.reduce((last, { source, record }) => {
    const time = source === cloudtrail ? Date.parse(String(record['eventTime'])) : 0
    return Math.max(last, Number.isNaN(time) ? 0 : time)
  }, 0)
}

/** The context that lies beside simulated logs. */
export function contextOf(files: readonly SimulatedFile[], asOf: number): Context {
  const tables = files.filter(({ path }) => path.startsWith('context/'))
  return loadContext(
    tables.map(({ path, text }) => ({ file: path, text })),
    { asOf },
  ).context
}
