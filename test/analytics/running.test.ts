import { expect, test } from 'vitest'
import { type Analytic, all } from '../../src/analytics/analytic.ts'
import { base } from '../../src/analytics/base.ts'
import { Cases } from '../../src/analytics/cases.ts'
import { is } from '../../src/sources/conditions.ts'
import { event, rule, stopLogging, trail } from '../cli/logs.ts'
import { temporaryFolder, written } from '../temporary-folder.ts'
import { huntWith } from './hunting.ts'

const folder = temporaryFolder()
const file = (name: string, records: Parameters<typeof trail>[0]) => written(folder, name, trail(records))
const organizations = { file: 'organizations.csv', text: 'id,name\no-1234567890,Example\n' }

/** Tells of every listing, in the order in which they come, and knows that stopping of logs is harmless. */
const listings: Analytic = {
  meta: {
    id: 'listings',
    title: 'Listings',
    level: 'low',
    references: [],
    tags: ['attack.t1619'],
    falsepositives: [],
    fields: [],
    related: [],
  },
  bases: [
    base({
      id: 'listings-list',
      title: 'a listing',
      logsource: { product: 'aws', service: 'cloudtrail' },
      where: is('eventName', 'ListBuckets'),
      carry: ['awsRegion', 'userIdentity.arn'],
    }),
    base({
      id: 'listings-stop',
      title: 'a stop',
      logsource: { product: 'aws', service: 'cloudtrail' },
      where: is('eventName', 'StopLogging'),
      carry: [],
    }),
  ],
  parameters: [],
  tables: [],
  clears: ['T1685.002', 'T1685', 'T1562.008'],
  start(world) {
    const cases = new Cases(listings.meta)
    const seen: string[] = []
    const cleared = new Map<string, string>()
    let one: ReturnType<Cases['open']> | undefined
    return {
      take(event) {
        if (event.base === 'listings-stop') {
          const { event_id } = event.hit.evidence
          if (world.doubted(event_id)) cleared.set(event_id, 'it was a test')
          return
        }
        seen.push(...all(event, 'awsRegion'))
        one ??= cases.open(event.time)
        cases.add(one, event)
      },
      finish: end => ({
        findings:
          one === undefined
            ? []
            : [
                cases.finding(one, {
                  entity: { kind: 'all', value: 'all' },
                  level: 'medium',
                  because: [`${seen.length} listings until ${end}`],
                  sections: { answers: [{ question: 'where', value: seen.join(' ') }] },
                }),
              ],
        hits: seen.length,
        cleared,
        notes: [`saw ${seen.length}`],
      }),
    }
  },
}

const records = [event(3), event(1), event(2), stopLogging(5)]

test('an analytic takes the events of its base rules in order of time, and makes findings that answer questions', async () => {
  const { findings, ledger } = await huntWith([listings], {
    inputs: [file('a.json', records)],
    context: [organizations],
  })
  expect(findings).toHaveLength(1)
  expect(findings[0]).toMatchObject({
    rule_id: 'listings',
    level: 'medium',
    count: 3,
    attack: ['T1619'],
    answers: [{ question: 'where', value: 'eu-west-1 eu-west-1 eu-west-1' }],
  })
  expect(findings[0]?.evidence.map(({ event_time }) => event_time)).toEqual(
    [...(findings[0]?.evidence ?? [])].map(({ event_time }) => event_time).sort(),
  )
  expect(ledger.rules.find(({ id }) => id === 'listings')).toMatchObject({
    end: 'ran',
    hits: 3,
    notes: ['saw 3'],
  })
})

test('an analytic that was given no context does not run, and the ledger says so', async () => {
  const { findings, ledger } = await huntWith([listings], { inputs: [file('b.json', records)] })
  expect(findings).toEqual([])
  expect(ledger.rules.find(({ id }) => id === 'listings')).toMatchObject({ end: 'no-context', hits: 0 })
})

test('a finding whose every event an analytic judges harmless becomes informational, and says why', async () => {
  const stopped = `${rule('Stopped', 'StopLogging', 'high')}tags: [attack.t1562.008]\n`
  const { findings } = await huntWith([listings], {
    inputs: [file('c.json', records)],
    context: [organizations],
    rules: [stopped],
  })
  expect(findings.find(({ title }) => title === 'Stopped')).toMatchObject({
    level: 'informational',
    because: ['lowered from high: it was a test'],
  })
})
