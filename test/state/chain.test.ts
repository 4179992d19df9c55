import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ChainMachine } from '../../src/state/chain.ts'
import type { Detection, Signal } from '../../src/state/signal.ts'
import { detect, instants, signal, stateRule } from './signals.ts'

/** Steps that matched, of each detection: `a@0 b@5`; with what is missing and why. */
function told(detections: readonly Detection[]): readonly string[] {
  return detections.map(({ facts }) => {
    if (facts.kind !== 'chain') return facts.kind
    const steps = facts.steps.map(({ rule, time }) => `${rule}@${time / 1000}`).join(' ')
    return facts.missing === undefined ? steps : `${steps} !${facts.missing.step} ${facts.missing.why}`
  })
}

const THREE = `steps:
- {name: login, rule: a}
- {name: launch, rule: b, link: {key: login.key}, within: 60m}
- name: egress
  rule: c
  link:
  - {instance: launch.instance}
  - {address: launch.address}
  within: 5m
group-by: [login.user]
incomplete: medium`

describe('a chain whose key changes at each step', () => {
  const rule = stateRule('chain', THREE)
  const login = signal('a', 0, { user: 'ann', key: 'k1' })
  const launch = signal('b', 60, { key: 'k1', instance: ['i-1', 'i-2'], address: '192.0.2.7' })
  test('is found by a list that is handed on', () => {
    const [found] = detect([rule], [login, launch, signal('c', 200, { instance: 'i-2' })])
    expect(found).toMatchObject({ variant: 'complete', group: ['ann'], from: 0, to: 200_000 })
    expect(found?.facts).toMatchObject({
      steps: [
        { links: [] },
        { links: [{ field: 'key', value: 'k1' }] },
        { links: [{ field: 'instance', value: 'i-2' }] },
      ],
    })
  })
  test('is found by the second best link', () => {
    const found = detect([rule], [login, launch, signal('c', 200, { address: '192.0.2.7' })])
    expect(told(found)).toEqual(['a@0 b@60 c@200'])
  })
  test('keeps its gap to the second', () => {
    const ends = (at: number) =>
      told(detect([rule], [login, launch, signal('c', at, { instance: 'i-1' })], { end: 9999 }))
    expect(ends(360)).toEqual(['a@0 b@60 c@360'])
    expect(ends(361)).toEqual(['a@0 b@60 !2 not-observed'])
  })
  test('is not joined by values of others', () => {
    const stranger = signal('b', 60, { key: 'k2', instance: 'i-9' })
    const found = detect([rule], [login, stranger, signal('c', 70, { instance: 'i-9' })], { end: 9999 })
    expect(found).toEqual([])
  })
  test('that broke off says whether the missing step could be seen at all', () => {
    const blind = { observable: (id: string) => id !== 'c' }
    expect(told(detect([rule], [login, launch], { end: 9999, ...blind }))).toEqual([
      'a@0 b@60 !2 not-observable',
    ])
    expect(told(detect([rule], [login, launch], { end: 9999 }))).toEqual(['a@0 b@60 !2 not-observed'])
    expect(told(detect([rule], [login, launch], { end: 100 }))).toEqual(['a@0 b@60 !2 logs-end'])
  })
  test('stands once for repeated beginnings', () => {
    const again = signal('a', 30, { user: 'ann', key: 'k1' })
    const found = detect([rule], [login, again, launch], { end: 9999 })
    expect(told(found)).toEqual(['a@30 b@60 !2 not-observed'])
  })
  test('may have all its steps in one second, whatever the ids', () => {
    const now = [
      signal('c', 5, { instance: 'i-1' }, 'e1'),
      signal('b', 5, { key: 'k1', instance: 'i-1' }, 'e2'),
      signal('a', 5, { user: 'ann', key: 'k1' }, 'e3'),
    ]
    expect(told(detect([rule], now))).toEqual(['a@5 b@5 c@5'])
  })
})

describe('one event', () => {
  const rule = stateRule('chain', 'steps: [{rule: a}, {rule: b, link: {u: 1.u}, within: 1h}]')
  test('is one step of a chain only', () => {
    const same = [signal('a', 5, { u: 'x' }, 'e1'), signal('b', 5, { u: 'x' }, 'e1')]
    expect(detect([rule], same)).toEqual([])
    expect(told(detect([rule], [signal('a', 1, { u: 'x' }), ...same]))).toEqual(['a@1 b@5'])
  })
})

describe('optional steps', () => {
  const rule = stateRule(
    'chain',
    `steps:
- {name: click, rule: a, optional: true}
- {name: launch, rule: b, link: {u: click.u}, within: 10m}
- {name: notice, rule: c, link: {u: launch.u}, within: 1m, optional: true}
- {name: egress, rule: d, link: {u: launch.u}, within: 5m}
group-by: [launch.u]`,
  )
  const of = (...steps: readonly (readonly [string, number])[]) =>
    told(
      detect(
        [rule],
        steps.map(([id, at]) => signal(id, at, { u: 'x' })),
      ),
    )
  test('may be missing', () => expect(of(['b', 10], ['d', 20])).toEqual(['b@10 d@20']))
  test('are shown where they are', () =>
    expect(of(['a', 1], ['b', 10], ['c', 15], ['d', 20])).toEqual(['a@1 b@10 c@15 d@20']))
  test('that come too late are not', () => expect(of(['b', 10], ['c', 80], ['d', 90])).toEqual(['b@10 d@90']))
})

describe('what must be absent', () => {
  const between = stateRule(
    'chain',
    `steps:
- {name: create, rule: a}
- {name: approval, rule: b, link: {t: create.t}, within: 1h, absent: true}
- {name: use, rule: c, link: {t: create.t}, within: 1h}`,
  )
  const of = (...steps: readonly (readonly [string, number])[]) =>
    told(
      detect(
        [between],
        steps.map(([id, at]) => signal(id, at, { t: 'x' })),
      ),
    )
  test('refutes a chain when it comes between', () => {
    expect(of(['a', 0], ['c', 9])).toEqual(['a@0 c@9'])
    expect(of(['a', 0], ['b', 5], ['c', 9])).toEqual([])
  })
  test('counts as having come in the same second', () => expect(of(['a', 0], ['b', 9], ['c', 9])).toEqual([]))
  test('refutes no later chain', () =>
    expect(of(['a', 0], ['b', 5], ['a', 6], ['c', 9])).toEqual(['a@6 c@9']))

  const atEnd = stateRule(
    'chain',
    `steps:
- {name: create, rule: a}
- {name: approval, rule: b, link: {t: create.t}, within: 1m, absent: true}
incomplete: low`,
  )
  const until = (end: number, ...signals: readonly Signal[]) =>
    detect([atEnd], signals, { end }).map(({ time, variant }) => `${variant}@${time / 1000}`)
  const create = signal('a', 0, { t: 'x' })
  test('at the end is told of when its time is over', () =>
    expect(until(500, create)).toEqual(['complete@60']))
  test('at the end is not told of when it came', () => {
    expect(until(500, create, signal('b', 60, { t: 'x' }))).toEqual([])
    expect(until(500, create, signal('b', 61, { t: 'x' }))).toEqual(['complete@60'])
  })
  test('at the end is not judged if the logs end before', () =>
    expect(until(30, create)).toEqual(['incomplete@60']))
})

test('a chain costs no more than linear in its signals', () => {
  const rule = stateRule('chain', THREE)
  const workFor = (count: number): number => {
    const machine = new ChainMachine(rule, {
      sink: { began() {}, ended() {} },
      observable: () => true,
      most: 1e6,
    })
    const first = Array.from({ length: count }, (_, at) =>
      signal('a', Math.floor(at / 50), { key: 'k1' }, `e${at}`),
    )
    for (const [time, now] of instants(first)) machine.take(time, now)
    machine.take(count * 1000, [signal('b', count, { key: 'k1', instance: 'i-1' })])
    expect(machine.size).toBeLessThan(5)
    return machine.work
  }
  expect(workFor(100_000)).toBeLessThan(100_000 * 3)
})

describe('a step that has to differ', () => {
  const rule = stateRule(
    'chain',
    `steps:
- {name: login, rule: a}
- {name: use, rule: b, link: {u: login.u}, differs: {from: login.from, agent: login.agent}, within: 1h}
group-by: [login.u]
incomplete: low`,
  )
  const login = (at: number, from: string) => signal('a', at, { u: 'x', from, agent: 'cli' })
  const use = (from: string | readonly string[] | undefined, agent = 'browser') =>
    signal('b', 100, { u: 'x', agent, ...(from === undefined ? {} : { from }) })
  test('differs in every field that it names', () => {
    expect(told(detect([rule], [login(1, 'A'), use('B')]))).toEqual(['a@1 b@100'])
    expect(told(detect([rule], [login(1, 'A'), use('A')], { end: 9999 }))).toEqual(['a@1 !1 not-observed'])
    expect(told(detect([rule], [login(1, 'A'), use('B', 'cli')], { end: 9999 }))).toHaveLength(1)
    expect(told(detect([rule], [login(1, 'A'), use(undefined)], { end: 9999 }))).toEqual([
      'a@1 !1 not-observed',
    ])
    expect(told(detect([rule], [login(1, 'A'), use(['B', 'A'])], { end: 9999 }))).toEqual([
      'a@1 !1 not-observed',
    ])
  })
  test('follows the latest chain that it differs from, whichever came between', () => {
    const logins = [login(1, 'A'), login(2, 'B'), login(3, 'C')]
    expect(told(detect([rule], [...logins, use('C')]))).toContain('a@2 b@100')
    expect(told(detect([rule], [...logins, use('D')]))).toContain('a@3 b@100')
  })
  test('remembers a bounded number of chains under the same links, and says what was forgotten', () => {
    const machine = new ChainMachine(rule, {
      sink: { began() {}, ended() {} },
      observable: () => true,
      most: 1e6,
    })
    const logins = Array.from({ length: 1000 }, (_, at) => login(at, `A${at}`))
    for (const [time, now] of instants(logins)) machine.take(time, now)
    expect(machine.size).toBe(16)
    expect(machine.evicted).toBe(984)
  })
})

const steps = fc.array(
  fc.record({
    rule: fc.constantFrom('a', 'b', 'c', 'd'),
    seconds: fc.integer({ min: 0, max: 30 }),
    k: fc.subarray(['1', '2', '3']),
    m: fc.subarray(['1', '2']),
    n: fc.subarray(['1', '2', '3', '4']),
  }),
  { maxLength: 25 },
)
const everything = stateRule(
  'chain',
  `steps:
- {name: s0, rule: a}
- {name: s1, rule: b, link: [{k: s0.k}, {m: s0.m}], within: 9s, optional: true}
- {name: s2, rule: c, link: {k: s0.k}, within: 4s, absent: true}
- {name: s3, rule: [d, c], link: [{k: s1.m}, {m: s0.k}], differs: {n: s0.n}, within: 15s}
group-by: [s0.k]
incomplete: {level: low, from: s0}`,
)

test('chains are the same in any order of arrival, and after a snapshot at any time', () => {
  fc.assert(
    fc.property(steps, fc.nat(30), fc.infiniteStream(fc.nat()), (drawn, restoreAfter, order) => {
      const signals = drawn.map(({ rule, seconds, k, m, n }, place) =>
        signal(rule, seconds, { k, m, n }, `e${place}`),
      )
      const shuffled = signals.map(one => ({ one, at: order.next().value ?? 0 })).sort((x, y) => x.at - y.at)
      const found = detect([everything], signals, { end: 60 })
      expect(
        detect(
          [everything],
          shuffled.map(({ one }) => one),
          { end: 60 },
        ),
      ).toEqual(found)
      expect(detect([everything], signals, { end: 60, restoreAfter })).toEqual(found)
    }),
    { numRuns: Number(process.env['RUNS'] ?? 200) },
  )
})
