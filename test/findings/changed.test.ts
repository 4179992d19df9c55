import { expect, test } from 'vitest'
import { baselineOf, changedSince } from '../../src/findings/changed.ts'
import type { Finding } from '../../src/findings/finding.ts'
import { listOf } from '../../src/findings/finding-list.ts'
import { bySeverity, inOrder } from '../../src/findings/order.ts'
import { readFindings } from '../../src/findings/read-findings.ts'
import { finding } from './findings.ts'

const one = finding()

function changed(before: readonly Finding[], now: readonly Finding[]): readonly Finding[] {
  return [...changedSince(baselineOf(before), listOf(now))]
}

test('a finding that says the same is not new, whatever became of the wording and the files', () => {
  expect(changed([one], [one])).toEqual([])
  expect(changed([one], [{ ...one, title: 'Other', evidence: [], references: [] }])).toEqual([])
})

test.each([
  ['id', { id: 'other' }],
  ['level', { level: 'low' as const }],
  ['count', { count: 3 }],
  ['last time', { last_time: '2024-05-01T11:00:00Z' }],
  ['outcome', { outcome: 'mixed' as const }],
  ['entities', { entities: { ...one.entities, address: ['192.0.2.1'] } }],
])('a finding with another %s is', (_, more) => {
  const now = finding(more)
  expect(changed([one], [now])).toEqual([now])
})

test('findings are read back as they were written', () => {
  const list = [one, finding({ id: 'second', more: { actions: 3 }, status: 'test', author: 'Someone' })]
  const lines = list.map(item => JSON.stringify(item)).join('\n')
  expect(readFindings(lines)).toEqual({ ok: true, value: list, problems: [] })
  expect(readFindings(JSON.stringify(list, undefined, 2))).toEqual({ ok: true, value: list, problems: [] })
  expect(readFindings(`\ufeff${lines}\r\n\r\n`)).toMatchObject({ value: list, problems: [] })
})

test('nothing at all is no findings', () => {
  expect(readFindings('\n')).toEqual({ ok: true, value: [], problems: [] })
  expect(readFindings('[]')).toEqual({ ok: true, value: [], problems: [] })
})

test('lines that are no findings are told, and the rest is read', () => {
  const read = readFindings(`{"id":1}\nnonsense\n{"id":"a","level":"low","evidence":[1],"errors":[]}\n[`)
  expect(read).toMatchObject({
    ok: true,
    value: [{ id: 'a', level: 'low', count: 0, evidence: [], errors: {} }],
  })
  expect(read.problems.map(({ message }) => message)).toEqual([
    'line 1 is not a finding',
    'line 2 is not a finding',
    'line 4 is not a finding',
  ])
  expect(readFindings('x\n'.repeat(100)).ok).toBe(false)
  expect(readFindings('x\n'.repeat(100)).problems).toHaveLength(22)
})

test('order: time, level, rule, entity, id; without a time first', () => {
  const list = [
    finding({ first_time: '' }),
    finding({ level: 'critical' }),
    finding({ id: 'a' }),
    finding({ id: 'b' }),
    finding({ first_time: '2024-05-01T10:00:00.500Z', level: 'critical' }),
    finding({ first_time: '2024-05-01T10:00:01Z' }),
  ]
  expect(inOrder([...list].reverse())).toEqual(list)
  expect(bySeverity(list).map(({ level }) => level)).toEqual([
    'critical',
    'critical',
    'high',
    'high',
    'high',
    'high',
  ])
})
