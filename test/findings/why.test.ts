import { expect, test } from 'vitest'
import { actorText, resourceText } from '../../src/findings/actor-text.ts'
import { FindingGroups } from '../../src/findings/group.ts'
import type { Hit } from '../../src/findings/hit.ts'
import { outcomeOf } from '../../src/findings/outcome.ts'
import { hit, rule, START } from './hits.ts'

function why(...hits: readonly Hit[]): string | undefined {
  const groups = new FindingGroups([rule])
  for (const one of hits) groups.add(one)
  return [...groups.finish()][0]?.why
}

test('who did what, how often, from where, with what result', () => {
  expect(why(hit(0, START), hit(1, START), hit(2, START))).toBe(
    'role Deploy (111122223333) called StopLogging 3 times from 198.51.100.7: denied (TrailNotFoundException)',
  )
})

test('several actions, resources, addresses and results', () => {
  const done = { outcome: 'succeeded' as const, resources: ['arn:aws:s3:::logs', 'arn:aws:s3:::logs/key'] }
  expect(
    why(
      hit(0, START),
      hit(1, START, { ...done, action: 'DeleteTrail', address: '203.0.113.9' }),
      hit(2, START, { ...done, action: 'PutEventSelectors' }),
    ),
  ).toBe(
    'role Deploy (111122223333) called DeleteTrail, PutEventSelectors and 1 other 3 times on logs and 1 other ' +
      'from 198.51.100.7 and 1 other: 2 succeeded, 1 denied (TrailNotFoundException)',
  )
})

test('of more values than are told apart the least number is said', () => {
  const resources = Array.from({ length: 2500 }, (_, number) => `bucket-${number}`)
  expect(why(hit(0, START, { resources }))).toContain(' on bucket-0 and at least 1,999 others from ')
})

test('little is known', () => {
  const { event, ...rest } = hit(0, START)
  expect(why({ ...rest, event: { actor: {}, outcome: 'unknown', resources: [] } })).toBe(
    'an unknown actor acted: outcome unknown',
  )
  expect(event.action).toBe('StopLogging')
})

test.each([
  ['arn:aws:iam::111122223333:role/team/Deploy', 'role Deploy (111122223333)'],
  ['arn:aws:sts::111122223333:assumed-role/Deploy/session', 'role Deploy (111122223333)'],
  ['arn:aws-us-gov:iam::111122223333:user/alice', 'user alice (111122223333)'],
  ['arn:aws:iam::111122223333:root', 'root of 111122223333'],
  ['arn:aws:iam::aws:policy/x', 'arn:aws:iam::aws:policy/x'],
  ['ec2.amazonaws.com', 'service ec2.amazonaws.com'],
  ['alice@example.com', 'alice@example.com'],
  ['', ''],
])('the actor %j is %j', (principal, text) => expect(actorText(principal)).toBe(text))

test.each([
  ['arn:aws:cloudtrail:us-east-1:111122223333:trail/main', 'trail/main'],
  ['arn:aws:logs:us-east-1:111122223333:log-group:a:b', 'log-group:a:b'],
  ['vol-1', 'vol-1'],
])('the resource %j is %j', (resource, text) => expect(resourceText(resource)).toBe(text))

test.each([
  [1, 0, 0, 'succeeded'],
  [1, 0, 1, 'succeeded'],
  [1, 1, 1, 'mixed'],
  [0, 1, 0, 'denied'],
  [0, 1, 1, 'unknown'],
  [0, 0, 1, 'unknown'],
])('%i succeeded, %i denied, %i unknown: %s', (succeeded, denied, unknown, outcome) =>
  expect(outcomeOf({ succeeded, denied, unknown })).toBe(outcome),
)
