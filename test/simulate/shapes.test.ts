import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { parseIp } from '../../src/core/ip.ts'
import { readEvents } from '../../src/engines/files/read-events.ts'
import type { Label } from '../../src/simulate/labels.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { labelsOf, linesOf, simulated, type TrailRecord, trailFiles, trailRecords } from './simulated.ts'

const folder = temporaryFolder()

const files = simulated('shapes')
const labels = labelsOf(files).scenarios
const records = trailRecords(files)
const byId = new Map(records.map(record => [record.eventID, record]))

const act = (scenario: string, name: string): Label => {
  const found = labels.find(label => label.scenario === scenario && label.act === name)
  if (found === undefined) throw new Error(`there is no act ${scenario} ${name}`)
  return found
}
const eventsOf = ({ event_ids }: Label): readonly TrailRecord[] => event_ids.flatMap(id => byId.get(id) ?? [])
const named = (label: Label, ...names: readonly string[]) =>
  eventsOf(label).filter(({ eventName }) => names.includes(eventName))

describe('records of a trail', () => {
  test('are read by our own reader, each as an event, with nothing lost', async () => {
    const trail = trailFiles(files).filter((_, index) => index % 7 === 0)
    for (const [index, { text }] of trail.entries()) {
      const path = join(folder, `${index}.json.gz`)
      writeFileSync(path, gzipSync(text, { level: 1 }))
      let plain = 0
      const input = { path, name: path, bytes: text.length }
      const limits = { maxUnpacked: 1 << 28, chunk: 1 << 22, maxRecord: 1 << 26 }
      const tally = await readEvents(input, limits, ({ source, record }) => {
        const event = source.normalise(record)
        if (event.id !== undefined && event.time !== undefined && event.action !== undefined) plain++
      })
      expect(tally).toMatchObject({ failed: 0, problems: [], events: JSON.parse(text).Records.length })
      expect(plain).toBe(tally.events)
    }
  })
  test('have the members that every record has, and ids of the right forms', () => {
    for (const record of records) {
      expect(record.eventID).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
      expect(record['eventVersion']).toMatch(/^1\.(08|09|10|11)$/)
      expect(record.eventTime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
      expect(record['userIdentity']).toBeTypeOf('object')
      expect(
        parseIp(record.sourceIPAddress) !== undefined || /\.amazonaws\.com$/.test(record.sourceIPAddress),
      ).toBe(true)
    }
    const copies = records.length - byId.size
    expect(copies).toBeGreaterThan(0)
    expect(new Set(records.map(record => JSON.stringify(record))).size).toBe(byId.size)
  })
})

describe('a launch', () => {
  const chain = act('C1', 'two minutes later')
  const [launch] = named(chain, 'RunInstances')
  test('names image, machine, interface and address, which the flow log uses', () => {
    const response = launch?.['responseElements'] as Launched | undefined
    const item = response?.instancesSet.items[0]
    expect(chain.instances).toEqual([item?.instanceId])
    expect(chain.images).toEqual([item?.imageId])
    expect(chain.interfaces).toEqual([item?.networkInterfaceSet.items[0]?.networkInterfaceId])
    const first = Math.min(...(chain.flows ?? []).map(row => Number(row.split(' ')[16])))
    expect(first - (item?.launchTime ?? 0) / 1000).toBe(120)
    expect(chain.flows?.every(row => row.includes(item?.privateIpAddress ?? '?'))).toBe(true)
  })
  test('from the console follows a sign-in and is marked', () => {
    expect(named(chain, 'ConsoleLogin')).toHaveLength(1)
    expect(named(chain, 'ConsoleLogin')[0]?.['responseElements']).toEqual({ ConsoleLogin: 'Success' })
    expect(launch?.['sessionCredentialFromConsole']).toBe('true')
  })
  test('from a tool is not', () => {
    const [tool] = named(act('C6', 'command line'), 'RunInstances')
    expect(tool?.['sessionCredentialFromConsole']).toBeUndefined()
    expect(tool?.userAgent).toContain('aws-cli')
  })
  test('by a template names the image in its response only', () => {
    const [byTemplate] = named(act('C9', 'by template'), 'RunInstances')
    expect(JSON.stringify(byTemplate?.['requestParameters'])).not.toContain('imageId')
    expect(JSON.stringify(byTemplate?.['responseElements'])).toContain('imageId')
  })
  test('is silent, unobserved, just inside and just outside of the window where that is the point', () => {
    expect(act('C4', 'unobserved').flows).toEqual([])
    const peers = (label: Label) => (label.flows ?? []).map(row => row.split(' ')[8] ?? '')
    expect(peers(act('C3', 'silent')).filter(peer => !/^(10|169\.254)\./.test(peer))).toEqual([])
    expect(gap(act('C5', '29 minutes'))).toBe(29 * 60)
    expect(gap(act('C5', '31 minutes'))).toBe(31 * 60)
  })
  test('after another machine has ended may have its address, and an interface of its own', () => {
    const { interfaces, flows = [] } = act('C8', 'unknown image first')
    expect(new Set(interfaces).size).toBe(2)
    const own = (id: string | undefined) =>
      new Set(
        flows
          .filter(row => row.includes(`${id}`))
          .flatMap(row => row.split(' ').filter(field => field.startsWith('10.') && !field.endsWith('.2'))),
      )
    expect(own(interfaces?.[0])).toEqual(own(interfaces?.[1]))
  })
  test('late in the trail is delivered after its flows', () => {
    const [late] = named(act('C13', 'late trail'), 'RunInstances')
    const file = trailFiles(files).find(({ text }) => text.includes(late?.eventID ?? '?'))
    const stamp = /_(\d{8}T\d{4})Z_/.exec(file?.path ?? '')?.[1] ?? ''
    const flow = files.find(
      ({ path, text }) =>
        path.includes('vpcflowlogs') && text.includes(act('C13', 'late trail').flows?.[0] ?? '?'),
    )
    expect(stamp > (/_(\d{8}T\d{4})Z_/.exec(flow?.path ?? '')?.[1] ?? '')).toBe(true)
  })
})

describe('reads of objects', () => {
  test('of a sync are many, distinct and within a minute, after two listings', () => {
    const sync = act('T1', 'stranger')
    const reads = named(sync, 'GetObject')
    expect(named(sync, 'ListObjects')).toHaveLength(2)
    expect(reads.length).toBeGreaterThanOrEqual(1000)
    expect(
      new Set(reads.map(({ requestParameters }) => (requestParameters as { key: string }).key)).size,
    ).toBe(reads.length)
    const bytes = reads.map(
      ({ additionalEventData: data }) => (data as { bytesTransferredOut: number }).bytesTransferredOut,
    )
    expect(bytes.reduce((sum, one) => sum + one, 0)).toBe(sync.bytes)
    expect(Date.parse(sync.to) - Date.parse(sync.from)).toBeLessThan(60_000)
  })
  test('stand in the access log of the bucket with the same request, but for a few that are lost', () => {
    const lines = linesOf(files, 's3-access/')
    const requests = new Set(lines.map(line => line.split(' ')[6]))
    const reads = named(act('T1', 'stranger'), 'GetObject').map(record => record['requestID'])
    const kept = reads.filter(id => requests.has(id as string)).length
    expect(kept / reads.length).toBeGreaterThan(0.95)
    const fields = (line: string) => line.match(/"[^"]*"|\[[^\]]*\]|\S+/g)?.length
    expect(lines.filter(line => fields(line) !== 26)).toEqual([])
  })
  test('of a bucket that nobody observes leave no event', () => {
    const { buckets } = act('T12', 'unobserved')
    expect(
      records.filter(
        record => record['eventCategory'] === 'Data' && JSON.stringify(record).includes(buckets?.[0] ?? '?'),
      ),
    ).toEqual([])
  })
})

test('rows of flow logs have as many fields as their header', () => {
  const logs = files.filter(({ path }) => path.includes('/vpcflowlogs/'))
  expect(logs.length).toBeGreaterThan(0)
  for (const { text } of logs) {
    const [header = '', ...rows] = text.trimEnd().split('\n')
    const count = header.split(' ').length
    expect([14, 25]).toContain(count)
    expect(rows.filter(row => row.split(' ').length !== count)).toEqual([])
  }
})

test('records of the other clouds are JSON lines', () => {
  for (const part of [
    'insights-activity-logs',
    'insights-logs-storageread',
    'insights-logs-flowlogflowevent',
    'cloudaudit.googleapis.com',
    'vpc_flows',
  ]) {
    const lines = linesOf(files, part)
    expect(lines.length, part).toBeGreaterThan(0)
    expect(() => lines.map(line => JSON.parse(line))).not.toThrow()
  }
})

interface Launched {
  readonly instancesSet: { readonly items: readonly Item[] }
}

interface Item {
  readonly instanceId: string
  readonly imageId: string
  readonly privateIpAddress: string
  readonly launchTime: number
  readonly networkInterfaceSet: { readonly items: readonly { readonly networkInterfaceId: string }[] }
}

/** Seconds from the launch to the first row. */
function gap(label: Label): number {
  const [launch] = named(label, 'RunInstances')
  const first = Math.min(...(label.flows ?? []).map(row => Number(row.split(' ')[16])))
  return first - Date.parse(launch?.eventTime ?? '') / 1000
}
