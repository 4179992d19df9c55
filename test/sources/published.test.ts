import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { environmentOf } from '../../src/detect/query/environment.ts'
import { eventTable } from '../../src/detect/query/event-table.ts'
import { rowJob } from '../../src/detect/query/row-job.ts'
import { Database } from '../../src/engines/duckdb/database.ts'
import { drive } from '../../src/engines/duckdb/drive.ts'
import type { FoundEvent } from '../../src/engines/files/member-events.ts'
import { RowTaker } from '../../src/engines/files/row-taker.ts'
import { readMacrosJson } from '../../src/lang/spl/macros/json.ts'
import { splSearch } from '../../src/lang/spl/search.ts'
import type { LookupTable, Search } from '../../src/plan/lowering.ts'
import { finished } from '../../src/plan/pipeline.ts'
import { missing, sharedJson, sharedLines } from '../plain/shared-data.ts'
import { lookupOf } from '../search-harness.ts'
import { EVENTS } from './published-events.ts'
import { readContent } from './reading.ts'

const absent = missing('corpus/spl-cloud.jsonl', 'corpus/macros.json', 'corpus/lookups.json')

/** What needs an index of metrics or a trained model. */
const CANNOT = /\b(mstats|apply|summary)\b/

/** Fields that a search reads and no event has, each with the reason. */
const UNKNOWN: { readonly [name: string]: readonly string[] } = {
  // Names with points stand without quotes in an expression, where a point joins texts.
  'AWS CreateAccessKey': ['requestParameters', 'userIdentity'],
  'AWS UpdateLoginProfile': ['requestParameters', 'userIdentity'],
  // They convert times that the statistics before do not make.
  'AWS Disable Bucket Versioning': ['firstTime', 'lastTime'],
  'GitHub Pull Request from Unknown User': ['firstTime', 'lastTime'],
  'O365 Added Service Principal': ['firstTime', 'lastTime'],
  // It renames a field that its statistics left out.
  'O365 Email Reported By Admin Found Malicious': ['Name'],
  // One of several parameters, of which a command has one.
  'O365 Mailbox Email Forwarding Enabled': ['ForwardingAddress'],
  'O365 New Forwarding Mailflow Rule Created': ['CopyTo', 'RedirectMessageTo'],
  // Splunk's own index of risk, which no log has.
  'AWS S3 Exfiltration Behavior Identified': [
    'All_Risk.annotations.mitre_attack.mitre_tactic',
    'All_Risk.annotations.mitre_attack.mitre_tactic_id',
    'All_Risk.annotations.mitre_attack.mitre_technique_id',
    'All_Risk.calculated_risk_score',
    'All_Risk.risk_message',
  ],
  'Risk Rule for Dev Sec Ops by Repository': [
    'All_Risk.analyticstories',
    'All_Risk.annotations.mitre_attack.mitre_technique_id',
    'All_Risk.calculated_risk_score',
    'All_Risk.risk_object_type',
  ],
}

/** Searches that find nothing in the events here, though they read only what is there. */
const EMPTY: ReadonlySet<string> = new Set([
  // Nothing here is out of the ordinary.
  'AWS Exfiltration via Anomalous GetObject API Activity',
  'AWS Unusual Number of Failed Authentications From Ip',
  // A path through a list leads into an object.
  'AWS Defense Evasion PutBucketLifecycle',
  // It asks for the word "search" at its end.
  'Detect New Open GCP Storage Buckets',
  // What was seen before is not known here.
  'Cloud Compute Instance Created With Previously Unseen Image',
  'Cloud Compute Instance Created With Previously Unseen Instance Type',
  'Cloud Provisioning Activity From Previously Unseen Country',
  'Cloud Provisioning Activity From Previously Unseen IP Address',
  // The table of roles is empty here.
  'O365 Privileged Role Assigned',
  'AWS S3 Exfiltration Behavior Identified',
  'Risk Rule for Dev Sec Ops by Repository',
])

interface Published {
  readonly name: string
  readonly search: string
}

describe.skipIf(absent !== undefined)(absent ?? 'published searches over logs of their kind', () => {
  const searches = absent === undefined ? (sharedLines('corpus/spl-cloud.jsonl') as readonly Published[]) : []
  const able = searches.filter(({ search }) => !CANNOT.test(search))
  const macros = absent === undefined ? publishedMacros() : new Map()
  const lookups = absent === undefined ? emptyLookups() : new Map()
  const read = new Map<string, Promise<readonly FoundEvent[]>>()
  let database: Database
  let folder: string
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'nephoscope-published-'))
    database = await Database.open({ memory: 1000, threads: 1, folder })
  })
  afterAll(() => {
    database.close()
    rmSync(folder, { recursive: true })
  })

  test('those that need metrics or a trained model are few, and refused', () => {
    const others = searches.filter(({ search }) => CANNOT.test(search))
    expect(others.length).toBe(9)
    for (const { search } of others)
      expect(errorsOf(splSearch(search, { macros }))).toEqual(new Set(['spl/unsupported-command']))
  })

  test.each(able.map(({ name, search }) => [name, search] as const))('%s', async (name, search) => {
    const parsed = splSearch(search, { macros })
    if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join('\n'))
    const { rows, unknown } = await run(parsed.value, await eventsFor(search))
    expect(unknown).toEqual(UNKNOWN[name] ?? [])
    expect(rows > 0).toBe(!EMPTY.has(name))
  })

  function eventsFor(search: string): Promise<readonly FoundEvent[]> {
    const macro = /^\s*`(\w+)/.exec(search)?.[1] ?? 'cloudtrail'
    const before = read.get(macro)
    if (before !== undefined) return before
    const text = (EVENTS[macro] ?? []).map(event => JSON.stringify(event)).join('\n')
    const found = readContent(text, { generic: true }).then(content => content.found)
    read.set(macro, found)
    return found
  }

  async function run(search: Search, events: readonly FoundEvent[]) {
    const taker = new RowTaker(rowJob({ style: 'splunk', search }), join(database.folder, 'events.jsonl'))
    events.forEach((event, place) => {
      taker.take(event, place)
    })
    const table = await eventTable([taker.end()], new Map(), database)
    const unknown = new Set<string>()
    const geo = () => ({ country: 'Utopia', city: 'Amaurot', region: 'Middle' })
    const around = { now: Date.parse('2025-03-04T11:00:00Z') / 1000, lookups, strict: false, geo, note() {} }
    const relation = finished(await drive(search.lower(environmentOf(around, table, unknown)), database))
    const rows = await database.first(relation, 100)
    return { rows: rows.length, unknown: [...unknown].sort() }
  }
})

/** Codes of the errors. */
function errorsOf({ problems }: ReturnType<typeof splSearch>): ReadonlySet<string> {
  return new Set(problems.filter(({ severity }) => severity === 'error').map(({ code }) => code))
}

function publishedMacros() {
  const read = readMacrosJson(JSON.stringify(sharedJson('corpus/macros.json')))
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join('\n'))
  return read.value
}

/** The published tables without their rows. */
function emptyLookups(): ReadonlyMap<string, LookupTable> {
  const { lookups } = sharedJson('corpus/lookups.json') as {
    lookups: Readonly<Record<string, { header?: readonly string[]; fields_list?: string }>>
  }
  return new Map(
    Object.entries(lookups).map(([name, { header, fields_list }]) => {
      const names = header ?? (fields_list ?? '').split(',').map(field => field.trim())
      const columns = [...new Set(names)].map(column => ({ name: column, type: 'text' as const }))
      return [name, lookupOf(name, { relation: { op: 'rows', columns, rows: [] }, order: [] })]
    }),
  )
}
