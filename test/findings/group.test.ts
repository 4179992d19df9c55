import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FindingGroups } from '../../src/findings/group.ts'
import type { Hit, RuleFacts } from '../../src/findings/hit.ts'
import { DAY, HOUR, hit, manyHits, role, rule, START, shuffled, uuid } from './hits.ts'

function findings(hits: readonly Hit[], rules: readonly RuleFacts[] = [rule], memory?: number) {
  const groups = new FindingGroups(rules, memory)
  for (const one of hits) groups.add(one)
  const list = groups.finish()
  const made = [...list]
  list.close()
  return made
}

/** The one finding of these hits. */
function finding(hits: readonly Hit[], rules?: readonly RuleFacts[]) {
  const all = findings(hits, rules)
  expect(all).toHaveLength(1)
  const [only] = all
  if (only === undefined) throw new Error('no finding')
  return only
}

describe('what belongs to one finding', () => {
  test('1,168 hits of one rule on one actor are one finding', () => {
    const found = finding(Array.from({ length: 1168 }, (_, index) => hit(index, START + index * 1000)))
    expect(found).toMatchObject({
      count: 1168,
      outcome: 'denied',
      first_time: '2024-05-01T10:00:00Z',
      last_time: '2024-05-01T10:19:27Z',
      entity: { kind: 'actor', value: role },
      actions: ['cloudtrail.amazonaws.com StopLogging'],
      errors: { TrailNotFoundException: 1168 },
      matched: { eventName: ['StopLogging'] },
    })
    expect(found.evidence[1]).toEqual({
      event_id: uuid(1),
      event_time: '2024-05-01T10:00:01Z',
      file: 'a.json',
      record: 1,
      sha256: '1'.padStart(64, '0'),
    })
  })

  test('a gap of 24 hours joins, one ms more parts', () => {
    expect(findings([hit(0, START), hit(1, START + DAY)])).toHaveLength(1)
    expect(findings([hit(0, START), hit(1, START + DAY + 1)])).toHaveLength(2)
  })

  test('a late hit bridges two findings', () => {
    const apart = [hit(0, START), hit(1, START + 40 * HOUR)]
    expect(findings(apart)).toHaveLength(2)
    const found = finding([...apart, hit(2, START + 20 * HOUR)])
    expect(found.count).toBe(3)
    expect(found.evidence.map(({ record }) => record)).toEqual([0, 2, 1])
  })

  test('hits without a time make one finding of their own', () => {
    const all = findings([hit(0, undefined), hit(1, START), hit(2, undefined, { time: 9e15 })])
    expect(all.map(({ first_time, count }) => [first_time, count])).toEqual([
      ['', 2],
      ['2024-05-01T10:00:00Z', 1],
    ])
  })

  test('times in the years 1 and 9999 are times', () => {
    const all = findings([
      hit(0, Date.parse('0001-01-01T00:00:00Z')),
      hit(1, Date.parse('9999-12-31T23:59:59Z')),
    ])
    expect(all.map(({ first_time }) => first_time)).toEqual(['0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z'])
    expect(all[0]?.evidence[0]?.event_time).toBe('0001-01-01T00:00:00Z')
  })
})

describe('the entity', () => {
  const ofBucket = { ...rule, entity: 'requestParameters.bucketName' }
  const nobody = { actor: {} }

  test.each([
    ['the value of the own field', { entity: 'logs' }, { kind: ofBucket.entity, value: 'logs' }],
    ['the actor', {}, { kind: 'actor', value: role }],
    ['the actor if the own field is empty', { entity: '' }, { kind: 'actor', value: role }],
    ['the address', nobody, { kind: 'address', value: '198.51.100.7' }],
    [
      'the first resource',
      { ...nobody, address: '', resources: ['r', 's'] },
      { kind: 'resource', value: 'r' },
    ],
    ['nothing', { ...nobody, address: '' }, { kind: 'unknown', value: 'unknown' }],
  ])('is %s', (_, more, entity) => {
    expect(finding([hit(0, START, more)], [ofBucket]).entity).toEqual(entity)
  })

  test('parts findings; a field that is called actor is the actor', () => {
    const ofActor = { ...rule, entity: 'actor' }
    expect(findings([hit(0, START, { entity: role }), hit(1, START)], [ofActor])).toHaveLength(1)
    expect(findings([hit(0, START, { entity: 'x' }), hit(1, START)], [ofActor])).toHaveLength(2)
  })
})

describe('the id', () => {
  const first = hit(0, START)

  test('stays when later hits come, and differs by rule, entity and day', () => {
    const { id } = finding([first])
    expect(id).toMatch(/^[0-9a-f]{16}$/)
    expect(finding([first, hit(1, START + DAY)]).id).toBe(id)
    expect(findings([first, hit(1, START + 3 * DAY)])[0]?.id).toBe(id)
    const others = [
      finding([hit(0, START + DAY)]),
      finding([hit(0, START, { actor: { principal: 'other' } })]),
      finding([first], [{ ...rule, id: 'other' }]),
      finding([hit(0, undefined)]),
    ].map(other => other.id)
    expect(new Set([id, ...others]).size).toBe(5)
  })
})

describe('what is bounded is told', () => {
  test('at most 50 values, the most frequent first, and how many more', () => {
    const hits = Array.from({ length: 130 }, (_, index) =>
      hit(index, START + index, {
        address: `192.0.2.${index % 65}`,
        shown: [{ field: 'n', value: `${index % 65}` }],
      }),
    )
    const found = finding([...hits, hit(200, START, { address: '192.0.2.64' })])
    expect(found.entities.address).toHaveLength(50)
    expect(found.entities.address?.slice(0, 3)).toEqual(['192.0.2.64', '192.0.2.0', '192.0.2.1'])
    expect(found.shown['n']).toHaveLength(20)
    expect(found.more).toEqual({ 'entities.address': 15, 'shown.n': 45 })
  })

  test('a long value is cut', () => {
    const found = finding([hit(0, START, { userAgent: 'x'.repeat(1_000_000) })])
    expect(found.entities.user_agent?.[0]).toHaveLength(2049)
  })

  test('names such as __proto__ are names like others', () => {
    const odd = hit(0, START, {
      error: '__proto__',
      matched: [{ field: '__proto__', value: 'v' }],
      actor: { principal: 'constructor' },
    })
    const found = finding([odd])
    expect(JSON.parse(JSON.stringify(found.errors))).toEqual(JSON.parse('{"__proto__":1}'))
    expect(Object.getOwnPropertyDescriptor(found.matched, '__proto__')?.value).toEqual(['v'])
    expect(found.entities.actor).toEqual(['constructor'])
  })

  test('evidence that has not the usual form comes back as it was', () => {
    const odd = { event_id: 'A-1', event_time: '1714557600', file: 'b.json', record: 2 ** 40, sha256: 'none' }
    const found = finding([{ ...hit(0, START), evidence: odd }, hit(1, START)])
    expect(found.evidence[1]).toEqual(odd)
    expect(found.evidence[0]?.event_id).toBe(uuid(1))
  })
})

describe('the order of the hits does not matter', () => {
  const word = fc.constantFrom('a', 'b', 'c', '__proto__', '\ud800', 'é')
  const anyHit = fc
    .record({
      rule: fc.nat(1),
      time: fc.option(fc.integer({ min: 0, max: 200 }), { nil: undefined, freq: 20 }),
      principal: word,
      address: word,
      error: word,
      outcome: fc.constantFrom('succeeded' as const, 'denied' as const, 'unknown' as const),
      resources: fc.array(word, { maxLength: 3 }),
      matched: fc.array(fc.record({ field: word, value: word }), { maxLength: 2 }),
    })
    .map(({ time, principal, ...more }) => ({
      time: time === undefined ? undefined : START + time * HOUR,
      more: { ...more, actor: { principal } },
    }))

  test('for some hits', () => {
    fc.assert(
      fc.property(fc.array(anyHit, { maxLength: 60 }), fc.nat(), (drawn, seed) => {
        const hits = drawn.map(({ time, more }, record) => hit(record, time, more))
        const rules = [rule, { ...rule, id: 'second' }]
        expect(JSON.stringify(findings(shuffled(hits, seed), rules))).toBe(
          JSON.stringify(findings(hits, rules)),
        )
      }),
      { numRuns: Number(process.env['RUNS'] ?? 100) },
    )
  })

  test('for more values and evidence than are kept', () => {
    const hits = manyHits(24_000)
    const all = [hits, shuffled(hits, 1), shuffled(hits, 2)].map(order => findings(order))
    const [first, ...others] = all.map(made => JSON.stringify(made))
    expect(others).toEqual([first, first])
    const [found] = all[0] ?? []
    expect(found?.evidence).toHaveLength(10_000)
    expect(found?.more?.['entities.resource']).toBe(1950)
    expect(Object.keys(found?.matched ?? {})).toHaveLength(100)
  })

  test('the clusters are those of the sorted times', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 80 }), times => {
        const hits = times.map((time, record) => hit(record, START + time * HOUR))
        const sorted = [...times].sort((a, b) => a - b)
        const expected = sorted.filter((time, index) => index === 0 || time - (sorted[index - 1] ?? 0) > 24)
        const firsts = findings(hits).map(({ first_time }) => (Date.parse(first_time) - START) / HOUR)
        expect(firsts).toEqual(expected)
      }),
    )
  })
})
