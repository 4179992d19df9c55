import { describe, expect, test } from 'vitest'
import { imageVerdict } from '../../src/context/image-verdict.ts'
import { loadContext } from '../../src/context/load.ts'
import { transferApproval } from '../../src/context/transfer-approval.ts'
import { chooseScenarios } from '../../src/simulate/simulate.ts'
import { labelsOf, linesOf, START, simulated, trailFiles, trailRecords } from './simulated.ts'

const files = simulated('a')
const labels = labelsOf(files)
const records = trailRecords(files)
const byId = new Map(records.map(record => [record.eventID, record]))
const DAY = 86_400_000

describe('a simulation', () => {
  test('is the same for the same seed, byte by byte', () => {
    const again = simulated('a')
    expect(again.map(({ path }) => path)).toEqual(files.map(({ path }) => path))
    expect(again.every(({ text }, index) => text === files[index]?.text)).toBe(true)
  })
  test('differs in names, times, volumes and order for another seed', () => {
    const other = simulated('b')
    const facts = (of: typeof files) => labelsOf(of).scenarios
    expect(labelsOf(other).organisation).not.toBe(labels.organisation)
    expect(facts(other).map(({ act }) => act)).toEqual(facts(files).map(({ act }) => act))
    const same = facts(other).filter(({ from, principal }, index) => {
      const mine = facts(files)[index]
      return from === mine?.from || principal === mine?.principal
    })
    expect(same.filter(({ principal }) => principal !== 'anonymous' && principal !== 'SAS')).toEqual([])
    expect(trailRecords(other).filter(({ eventID }) => byId.has(eventID))).toEqual([])
  })
  test('writes no file twice', () => {
    expect(new Set(files.map(({ path }) => path)).size).toBe(files.length)
  })
  test('keeps what an act is apart from what else happens: other scenarios change nothing in it', () => {
    const alone = labelsOf(simulated('a', ['c3'])).scenarios
    expect(alone).toEqual(labels.scenarios.filter(({ scenario }) => scenario === 'C3'))
  })
  test('plays no attack if it is to be benign', () => {
    const quiet = labelsOf(simulated('a', ['all'], { benignOnly: true, eventsPerDay: 24 })).scenarios
    expect(quiet).toEqual(labels.scenarios.filter(({ kind }) => kind !== 'attack'))
  })
  test('makes about as many events a day as were asked for', () => {
    const days = simulated('c', [], { eventsPerDay: 2000, days: 3 })
    const ids = new Set(trailRecords(days).map(({ eventID }) => eventID))
    expect(ids.size / 3).toBeGreaterThan(1000)
    expect(ids.size / 3).toBeLessThan(4000)
  })
})

describe('scenarios', () => {
  test('are named, and must fit into the days', () => {
    const codes = (ids: readonly string[], days: number) =>
      chooseScenarios(ids, days).problems.map(({ code }) => code)
    expect(codes(['T14'], 7)).toEqual(['simulate/unknown-scenario'])
    expect(codes(['constructor'], 7)).toEqual(['simulate/unknown-scenario'])
    expect(codes(['all'], 1)).toEqual(['simulate/too-few-days'])
    expect(codes(['t1', 'C3', 'T1'], 1)).toEqual([])
  })
  test('are all there, C1 to C16 and T1 to T13, and each attack has a twin', () => {
    const expected = [...numbered('C', 16), ...numbered('T', 13)]
    expect([...new Set(labels.scenarios.map(({ scenario }) => scenario))]).toEqual(expected)
    const twins = new Set(
      labels.scenarios.filter(({ kind }) => kind === 'twin').map(({ scenario }) => scenario),
    )
    expect(expected.filter(id => !twins.has(id))).toEqual([])
  })
  test('expect nothing above low of what is not an attack', () => {
    const harmless = labels.scenarios.filter(({ kind }) => kind !== 'attack')
    expect(harmless.filter(({ expected }) => expected.at_most !== 'low')).toEqual([])
  })
})

describe('labels', () => {
  test('point to events that exist, within their time and the days', () => {
    for (const { event_ids, from, to } of labels.scenarios) {
      const times = event_ids.map(id => byId.get(id)?.eventTime ?? 'missing')
      expect(times.filter(time => !(time >= from && time <= to))).toEqual([])
      expect(Date.parse(from)).toBeGreaterThanOrEqual(START)
      expect(Date.parse(to)).toBeLessThan(START + 2 * DAY)
    }
  })
  test('name no event twice', () => {
    const ids = labels.scenarios.flatMap(({ event_ids }) => event_ids)
    expect(new Set(ids).size).toBe(ids.length)
  })
  test('point to rows of flow logs and records of other clouds that exist', () => {
    const rows = new Set(linesOf(files, '/vpcflowlogs/'))
    const others = ['insights-', 'cloudaudit', 'vpc_flows'].flatMap(part => linesOf(files, part)).join('\n')
    for (const { flows = [], other_ids = [], scenario } of labels.scenarios) {
      expect(flows.filter(row => !rows.has(row) && !others.includes(row))).toEqual([])
      expect(other_ids.filter(id => !others.includes(`"${id}"`))).toEqual([])
      const some = labels.scenarios.find(label => label.scenario === scenario)
      expect((some?.event_ids.length ?? 0) + (some?.other_ids?.length ?? 0)).toBeGreaterThan(0)
    }
  })
})

describe('the context', () => {
  const rows = files.filter(({ path }) => path.startsWith('context/'))
  const { context, problems } = loadContext(
    rows.map(({ path, text }) => ({ file: path, text })),
    { asOf: START + DAY },
  )
  test('is read without an error, and no table is empty', () => {
    const all = problems.flatMap(said => said.problems)
    expect(all.filter(({ severity }) => severity === 'error')).toEqual([])
    for (const { path } of rows) {
      const table = path.slice('context/'.length, -'.yaml'.length)
      expect(context.tables.get(table)?.rows.length, table).toBeGreaterThan(0)
    }
  })
  test('approves images of twins, and none of an attack', () => {
    for (const { analytic, kind, images = [], scenario, act, from } of labels.scenarios) {
      const [id] = images
      if (analytic !== 'AN1318' || id === undefined || !id.startsWith('ami-')) continue
      const { provenance } = imageVerdict(context, { id, time: Date.parse(from) })
      expect(provenance === 'approved', `${scenario} ${act}: ${provenance}`).toBe(kind !== 'attack')
    }
    const expired = labels.scenarios.find(({ act }) => act === 'expired')
    const id = expired?.images?.[0] ?? ''
    expect(imageVerdict(context, { id, time: Date.parse(expired?.from ?? '') }).provenance).toBe(
      'approval-expired',
    )
  })
  test('approves the transfers that are to be found approved, and no other', () => {
    for (const {
      kind,
      expected,
      principal,
      buckets = [],
      destination,
      from,
      scenario,
      act,
    } of labels.scenarios) {
      const [source] = buckets
      if (source === undefined || destination === undefined || kind === 'benign') continue
      const transfer = {
        time: Date.parse(from),
        identity: [principal],
        source: [source],
        destination: [destination],
      }
      const { verdict } = transferApproval(context, transfer)
      expect(verdict === 'approved', `${scenario} ${act}: ${verdict}`).toBe(expected.outcome === 'approved')
    }
  })
})

test('files of a trail are in the folders of their account, region and day, under names as CloudTrail gives them', () => {
  for (const { path, text, packed } of trailFiles(files)) {
    const parts =
      /^logs\/AWSLogs\/(o-[a-z0-9]{10})\/(\d{12})\/CloudTrail\/([a-z]+-[a-z]+-\d)\/(\d{4}\/\d\d\/\d\d)\/\2_CloudTrail_\3_(\d{8})T(\d\d)(\d\d)Z_[A-Za-z0-9]{16}\.json\.gz$/.exec(
        path,
      )
    expect(parts, path).not.toBeNull()
    const [, , account, region, day, stamp, , minute] = parts ?? []
    expect(day?.replaceAll('/', '')).toBe(stamp)
    expect(Number(minute) % 5).toBe(0)
    expect(packed).toBe(true)
    const wrong = JSON.parse(text).Records.filter(
      (record: (typeof records)[number]) =>
        record.recipientAccountId !== account || record.awsRegion !== region,
    )
    expect(wrong).toEqual([])
  }
})

function numbered(letter: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${letter}${index + 1}`)
}
