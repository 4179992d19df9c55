import { describe, expect, test } from 'vitest'
import { stateLines } from '../../src/cli/state-lines.ts'
import type { JsonObject } from '../../src/core/json.ts'
import { explainState } from '../../src/detect/explain-state.ts'
import { cloudtrail } from '../../src/sources/cloudtrail/cloudtrail.ts'
import { event, rule, stopLogging } from '../cli/logs.ts'
import { rulesOf, user } from './scans.ts'

const bases = `${rule('Listed', 'ListBuckets', 'low')}---\n${rule('Stopped', 'StopLogging', 'medium')}`

/** What is said of the rule `over` on some events. */
function said(correlation: string, events: readonly JsonObject[], more = ''): readonly string[] {
  const text = `title: over\nid: over\ncorrelation:\n${correlation.replace(/^(?=.)/gm, '  ')}\n`
  const { rules } = rulesOf([`${bases}---\n${more}${text}`])
  const all = rules.map(one => one.rule)
  const over = all.find(one => one.meta.id === 'over')
  if (over?.kind !== 'correlation') throw new Error('there is no such rule')
  const explained = events.map((one, number) => ({ number, event: one, source: cloudtrail }))
  return stateLines(explainState(over, all, explained))
}

const bob = user('bob', 'AKIABOB')
const ALICE = 'arn:aws:iam::111122223333:user/alice'
const BOB = 'arn:aws:iam::111122223333:user/bob'

describe('a correlation over some events says', () => {
  test('which base rule matches which events, and of each group the count, the window and the condition', () => {
    const burst =
      'type: event_count\nrules: [Listed]\ngroup-by: [userIdentity.arn]\ntimespan: 5m\ncondition: {gte: 3}'
    expect(
      said(burst, [event(0), event(1), event(2, bob), event(3), event(30), stopLogging(40), event(3)]),
    ).toEqual([
      'what it is over',
      '  Listed: 5 events, record 0, 1, 2, 3 and 4',
      'groups: it holds for 1 of 2',
      `  + userIdentity.arn ${ALICE}`,
      '      3 events within 5m (>= 3) at 2024-05-01T10:03:00Z',
      '      in 3m, from 2024-05-01T10:00:00Z to 2024-05-01T10:03:00Z',
      `  - userIdentity.arn ${BOB}`,
      '      at most 1 event within 5m, at 2024-05-01T10:02:00Z; asked for >= 3',
    ])
  })
  test('which rules did not match within one window', () => {
    const both = 'type: temporal\nrules: [Listed, Stopped]\ngroup-by: [userIdentity.arn]\ntimespan: 5m'
    expect(said(both, [event(0), stopLogging(40)]).slice(-3)).toEqual([
      '      at most 1 rule matched within 5m, at 2024-05-01T10:00:00Z; asked for >= 2',
      '      matched: Listed',
      '      not within the same window: Stopped',
    ])
  })
  test('that a group lacks a field, and that an event without a time is left out', () => {
    const burst = 'type: event_count\nrules: [Listed]\ngroup-by: [no.such]\ntimespan: 5m\ncondition: {gte: 3}'
    const lines = said(burst, [event(0), event(1, { eventTime: 'soon' })])
    expect(lines).toContain('  left out, for nobody knows when they were: record 1')
    expect(lines).toContain('  - no.such (missing)')
  })
  test('what the rules below it came to', () => {
    const lower =
      'title: lower\nid: lower\ncorrelation: {type: event_count, rules: [Listed], group-by: [userIdentity.arn], timespan: 5m, condition: {gte: 2}}\n---\n'
    const over = 'type: temporal\nrules: [lower, Stopped]\ngroup-by: [userIdentity.arn]\ntimespan: 10m'
    const lines = said(over, [event(0), event(1), stopLogging(2)], lower)
    expect(lines).toContain('  lower: 1 detection')
    expect(lines).toContain('groups: it holds for 1 of 1')
  })
})

describe('a chain says', () => {
  const chain = (more = '') =>
    `type: chain\nsteps:\n- {name: list, rule: Listed}\n- {name: stop, rule: Stopped, link: {userIdentity.arn: list.userIdentity.arn}, ${more}within: 5m}`
  test('which links it followed', () => {
    expect(said(chain(), [event(0), stopLogging(2)]).slice(3)).toEqual([
      'groups: it holds for 1 of 1',
      `  + userIdentity.arn ${ALICE}`,
      '      "list", then "stop" in 2m',
      '      2024-05-01T10:00:00Z "list": Listed',
      `      2024-05-01T10:02:00Z (2m later) "stop": Stopped, userIdentity.arn = ${ALICE} = userIdentity.arn of "list"`,
    ])
  })
  test('at which step it broke off, and why what could have followed did not', () => {
    const lines = said(chain('differs: {sourceIPAddress: list.sourceIPAddress}, '), [
      event(0),
      stopLogging(1, bob),
      stopLogging(2),
      stopLogging(9, { sourceIPAddress: '198.51.100.9' }),
      stopLogging(10, { userIdentity: {} }),
    ])
    expect(lines.slice(3)).toEqual([
      'groups: it holds for 0 of 1',
      `  - userIdentity.arn ${ALICE}`,
      '      "list" in 0s; "stop" is missing: it was not observed in its time',
      '      2024-05-01T10:00:00Z "list": Listed',
      `      2024-05-01T10:01:00Z Stopped is no "stop" of it: userIdentity.arn = ${BOB} is not ${ALICE} = userIdentity.arn of "list"`,
      '      2024-05-01T10:02:00Z Stopped is no "stop" of it: sourceIPAddress = 192.0.2.1 does not differ from sourceIPAddress of "list"',
      '      2024-05-01T10:09:00Z Stopped is no "stop" of it: it came 9m later, and its gap is 5m',
      '      2024-05-01T10:10:00Z Stopped is no "stop" of it: it has no userIdentity.arn',
    ])
  })
})

describe('what must be absent', () => {
  test('refutes a chain by its name and time', () => {
    const chain =
      'type: chain\nsteps:\n- {name: first, rule: Listed}\n- {name: stop, rule: Stopped, link: {userIdentity.arn: first.userIdentity.arn}, within: 1h, absent: true}\n- {name: again, rule: Listed, link: {userIdentity.arn: first.userIdentity.arn}, within: 1h}'
    const lines = said(chain, [event(0), stopLogging(2), event(3, { awsRegion: 'us-east-1' })])
    expect(lines).toContain('      refuted: "stop" must be absent, and came at 2024-05-01T10:02:00Z')
    expect(said(chain, [event(0), event(3)]).join('\n')).not.toContain('refuted')
  })
})

describe('a baseline says', () => {
  const first = (minimum: number) =>
    `type: first_seen\nrules: [Listed]\ngroup-by: [userIdentity.arn]\nfield: [awsRegion]\nlearning: 10m\nminimum: ${minimum}`
  const regions = [event(0), event(1), event(20, { awsRegion: 'us-east-1' })]
  test('what was new, and whether enough was known to say so', () => {
    expect(said(first(2), regions).slice(-3)).toEqual([
      `  + userIdentity.arn ${ALICE}`,
      '      awsRegion us-east-1: first seen, not in the 90d before',
      '      baseline: 1 different value in 2 events from 2024-05-01T10:00:00Z to 2024-05-01T10:01:00Z, learning 10m',
    ])
    expect(said(first(9), regions).at(-1)).toBe(
      '      awsRegion us-east-1 was new at 2024-05-01T10:20:00Z, and it had 2 events of at least 9',
    )
    expect(said(first(2), [event(0), event(1)]).at(-1)).toBe(
      '      2 events from 2024-05-01T10:00:00Z to 2024-05-01T10:01:00Z: no value came that was not there before',
    )
  })
  test('n, median, p99 and how far above them a span lies', () => {
    const volume =
      'type: volume\nrules: [Listed]\ngroup-by: [userIdentity.arn]\ntimespan: 10m\nminimum: 3\nhistory: 7d\ncondition: {deviation: 3}'
    const calm = Array.from({ length: 6 }, (_, at) => event(at * 10))
    const lines = said(volume, [...calm, event(51), event(52)])
    expect(lines.slice(-2)).toEqual([
      '      at most events 3 in a span of 10m, from 2024-05-01T10:50:00Z',
      '      own past: n 5, median 1, spread 1, p99 1, last seen in the span from 2024-05-01T10:40:00Z: 2 spreads above; asked for more than 3',
    ])
    expect(said(volume, [event(0), event(10)]).at(-1)).toContain('which is below the 3 that are asked for')
  })
  test('how long a group was silent', () => {
    const absence =
      'type: absence\nrules: [Listed]\ngroup-by: [userIdentity.arn]\ntimespan: 10m\ngrace: 5m\nminimum: 2\nneighbours: []'
    const lines = said(absence, [event(0), event(1), event(9), event(2, bob), stopLogging(20)])
    expect(lines).toContain('      longest silence 11m from 2024-05-01T10:09:00Z; asked for more than 15m')
    expect(lines).toContain('      1 event of at least 2')
  })
})
