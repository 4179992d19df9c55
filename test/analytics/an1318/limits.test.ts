import { expect, test } from 'vitest'
import { an1318 } from '../../../src/analytics/an1318/an1318.ts'
import type { AnalyticEvent } from '../../../src/analytics/analytic.ts'
import { noGeo } from '../../../src/context/geo.ts'
import { loadContext } from '../../../src/context/load.ts'

const ITEMS = 'responseElements.instancesSet.items'
/** `RUNS=…` takes as many as the analytic promises. */
const LAUNCHES = process.env['RUNS'] === undefined ? 20_000 : 100_000

function event(
  base: string,
  time: number,
  id: string,
  fields: Readonly<Record<string, string>>,
): AnalyticEvent {
  const values = new Map(Object.entries(fields).map(([name, value]) => [name, [value]]))
  const actor = { principal: 'arn:aws:iam::111122223333:role/Builder', console: true }
  const normal = { id, time, outcome: 'succeeded', account: '111122223333', actor, resources: [] } as const
  const evidence = { event_id: id, event_time: '', file: 'test', record: 0, sha256: '' }
  return { base, time, hit: { rule: 0, event: normal, evidence, matched: [], shown: [] }, values }
}

test('many repeated first steps are one case, whatever their number', () => {
  const run = an1318.start({
    context: loadContext([], { asOf: 0 }).context,
    geo: noGeo,
    observable: () => true,
    doubted: () => false,
    approved: () => {},
    hideApproved: false,
  })
  for (let number = 0; number < LAUNCHES; number++) {
    const fields = {
      [`${ITEMS}.instanceId`]: `i-${number}`,
      [`${ITEMS}.imageId`]: 'ami-strange',
      [`${ITEMS}.vpcId`]: 'vpc-1',
    }
    run.take(event('an1318-launches', number * 1000, `launch-${number}`, fields))
  }
  const last = LAUNCHES * 1000
  const flow = {
    srcaddr: '10.0.0.5',
    dstaddr: '198.51.100.9',
    'vpc-id': 'vpc-1',
    bytes: '1000',
    dstport: '443',
  }
  run.take(event('flows-aws', last, 'flow', { ...flow, 'instance-id': `i-${LAUNCHES - 1}` }))
  const { findings, hits, notes } = run.finish(last + 86_400_000)
  // As long as no day passes without a launch.
  expect(findings.map(({ count, title }) => [count, title])).toEqual([
    [LAUNCHES + 1, 'External or unknown image launched in the console, and egress at once (AN1318)'],
  ])
  expect(hits).toBe(LAUNCHES + 1)
  expect(notes).toEqual([])
})
