import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Detection } from '../../src/state/signal.ts'
import { detect, signal, stateRule } from './signals.ts'

const HOUR = 3600
const DAY = 24 * HOUR
const times = (found: readonly Detection[]): readonly number[] => found.map(({ time }) => time / 1000)

describe('first_seen', () => {
  const rule = stateRule(
    'first_seen',
    'rules: a\ngroup-by: [user]\nfield: [address, agent]\nlearning: 2d\nminimum: 3\nforget: 10d',
  )
  const at = (day: number, address: string, agent: string | readonly string[] = 'cli') =>
    signal('a', day * DAY, { user: 'ann', address, agent }, `${day}-${address}-${String(agent)}`)
  const learnt = [at(0, 'x'), at(1, 'y'), at(2, 'x')]
  test('tells of a tuple that was never there', () => {
    const [found, ...others] = detect([rule], [...learnt, at(3, 'z'), at(4, 'z')])
    expect(others).toEqual([])
    expect(found).toMatchObject({
      time: 3 * DAY * 1000,
      facts: { values: ['z', 'cli'], known: 2, events: 3, since: 0, last: 2 * DAY * 1000 },
    })
  })
  test('tells of values that are new only together', () => {
    const signals = [at(0, 'x', 'cli'), at(1, 'y', 'web'), at(2, 'x', 'cli'), at(3, 'x', 'web')]
    expect(times(detect([rule], signals))).toEqual([3 * DAY])
  })
  test('tells of nothing while it learns', () =>
    expect(detect([rule], [at(0, 'x'), at(1.9, 'z')])).toEqual([]))
  test('tells of nothing before it saw enough', () =>
    expect(detect([rule], [at(0, 'x'), at(1, 'x'), at(3, 'z')])).toEqual([]))
  test('forgets what did not come again', () => {
    const often = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map(day => at(day, 'x'))
    expect(times(detect([rule], [at(0, 'y'), ...often, at(10, 'y', 'cli')]))).toEqual([])
    expect(times(detect([rule], [at(0, 'y'), ...often, at(10.5, 'y', 'cli')]))).toEqual([10.5 * DAY])
  })
  test('judges what comes in one second by what was before', () => {
    expect(times(detect([rule], [...learnt, at(3, 'z'), at(3, 'w')]))).toEqual([3 * DAY, 3 * DAY])
  })
  test('does not judge what is missing', () => {
    expect(detect([rule], [...learnt, signal('a', 5 * DAY, { user: 'ann', address: 'z' })])).toEqual([])
  })
})

describe('volume', () => {
  const lines = 'rules: a\ngroup-by: [user]\ntimespan: 1h\nminimum: 5'
  /** So many events in each hour. */
  const hours = (user: string, counts: readonly number[]) =>
    counts.flatMap((count, hour) =>
      Array.from({ length: count }, (_, at) =>
        signal('a', hour * HOUR + at, { user, bytes: '10' }, `${user}-${hour}-${at}`),
      ),
    )
  test('tells of a span far above the own past when it is over', () => {
    const [found, ...others] = detect([stateRule('volume', lines)], hours('ann', [4, 5, 6, 5, 4, 6, 40, 5]))
    expect(others).toEqual([])
    expect(found).toMatchObject({
      time: 7 * HOUR * 1000,
      from: 6 * HOUR * 1000,
      facts: { value: 40, own: { spans: 6, median: 5, spread: 1.4826 } },
    })
  })
  test('counts spans without events as zero', () => {
    const [found] = detect([stateRule('volume', lines)], hours('ann', [1, 0, 0, 0, 0, 0, 9, 1]))
    expect(found?.facts).toMatchObject({ value: 9, own: { spans: 6, median: 0 } })
  })
  test('does not judge without enough past', () => {
    expect(detect([stateRule('volume', lines)], hours('ann', [4, 5, 6, 40, 1]))).toEqual([])
  })
  test('judges who has no past by its peers', () => {
    const rule = stateRule('volume', `${lines}\npeers: all`)
    const peers = ['p', 'q'].flatMap(user => hours(user, [5, 5, 5, 5, 5, 5, 5, 5]))
    const found = detect([rule], [...peers, ...hours('new', [0, 0, 0, 0, 0, 0, 60])])
    expect(found.map(({ group, facts }) => [group, facts])).toMatchObject([
      [['new'], { value: 60, peers: { spans: 12, median: 5 } }],
    ])
    expect(found[0]?.facts).not.toHaveProperty('own')
  })
  test('sums a field, and keeps bounds besides', () => {
    const summed = stateRule('volume', `${lines}\ncondition: {field: bytes, deviation: 3, gte: 401}`)
    expect(detect([summed], hours('ann', [4, 5, 6, 5, 4, 6, 40, 5]))).toEqual([])
    expect(detect([summed], hours('ann', [4, 5, 6, 5, 4, 6, 41, 5]))).toHaveLength(1)
  })
  test('compares the hour of the week with the same hour', () => {
    const rule = stateRule(
      'volume',
      'rules: a\ngroup-by: [user]\ntimespan: 1h\nminimum: 3\nseason: hour_of_week\nhistory: 60d',
    )
    const week = (number: number, hour: number, count: number) =>
      Array.from({ length: count }, (_, at) =>
        signal('a', (number * 168 + hour) * HOUR + at, { user: 'ann' }, `${number}-${hour}-${at}`),
      )
    const usual = [0, 1, 2, 3].flatMap(number => [...week(number, 5, 50), ...week(number, 6, 2)])
    const found = detect([rule], [...usual, ...week(4, 5, 50), ...week(4, 6, 50), ...week(4, 7, 1)])
    expect(times(found)).toEqual([(4 * 168 + 7) * HOUR])
  })
})

describe('absence', () => {
  const rule = stateRule(
    'absence',
    'rules: a\ngroup-by: [region]\ntimespan: 1h\ngrace: 10m\nminimum: 3\ndisabled-by: [b]\nraised: critical',
  )
  const speak = (region: string, minutes: readonly number[]) =>
    minutes.map(minute => signal('a', minute * 60, { region }, `${region}-${minute}`))
  const every = (step: number, until: number) =>
    Array.from({ length: until / step + 1 }, (_, at) => at * step)
  test('tells of who falls silent while a neighbour speaks', () => {
    const [found, ...others] = detect(
      [rule],
      [...speak('west', every(10, 60)), ...speak('east', every(10, 200))],
    )
    expect(others).toEqual([])
    expect(found).toMatchObject({
      variant: 'complete',
      group: ['west'],
      time: 130 * 60_000,
      facts: { last: 60 * 60_000, events: 7, neighbours: 7 },
    })
  })
  test('tells of nobody when all are silent', () => {
    expect(
      detect([rule], [...speak('west', every(10, 60)), ...speak('east', every(10, 60))], { end: 1e6 }),
    ).toEqual([])
  })
  test('tells of who stays silent when the others speak again', () => {
    const again = speak(
      'east',
      every(10, 100).map(minute => minute + 600),
    )
    const found = detect([rule], [...speak('west', every(10, 60)), ...speak('east', every(10, 60)), ...again])
    expect(times(found)).toEqual([610 * 60])
  })
  test('tells of nobody who speaks again within the grace', () => {
    expect(
      detect([rule], [...speak('west', [0, 10, 20, 90, 160]), ...speak('east', every(10, 160))]),
    ).toEqual([])
  })
  test('tells of nobody who hardly ever spoke', () => {
    expect(detect([rule], [...speak('west', [0, 10]), ...speak('east', every(10, 200))])).toEqual([])
  })
  test('is raised when the source was switched off before', () => {
    const off = signal('b', 59 * 60, { region: 'west' })
    const found = detect([rule], [...speak('west', every(10, 60)), off, ...speak('east', every(10, 200))])
    expect(found).toMatchObject([
      { variant: 'raised', facts: { disabled: { rule: 'b' } }, signals: [{ rule: 'b' }] },
    ])
  })
})

const RULES = [
  stateRule('first_seen', 'rules: [a, b]\ngroup-by: [u]\nfield: v\nlearning: 5s\nminimum: 2\nforget: 15s'),
  stateRule(
    'volume',
    'rules: [a, b]\ngroup-by: [u]\ntimespan: 3s\nminimum: 2\nhistory: 20s\npeers: [v]\ncondition: {deviation: 1}',
  ),
  stateRule(
    'absence',
    'rules: a\ngroup-by: [u]\nneighbours: [v]\ntimespan: 4s\ngrace: 2s\nminimum: 1\ndisabled-by: b',
  ),
]
const drawn = fc.array(
  fc.record({
    rule: fc.constantFrom('a', 'b'),
    seconds: fc.integer({ min: 0, max: 40 }),
    u: fc.subarray(['1', '2', '3']),
    v: fc.subarray(['1', '2']),
  }),
  { maxLength: 40 },
)

test.each(RULES)('$type is the same in any order of arrival, and after a snapshot at any time', rule => {
  fc.assert(
    fc.property(drawn, fc.nat(40), fc.infiniteStream(fc.nat()), (all, restoreAfter, order) => {
      const signals = all.map(({ rule: base, seconds, u, v }, place) =>
        signal(base, seconds, { u, v }, `e${place}`),
      )
      const shuffled = signals.map(one => ({ one, at: order.next().value ?? 0 })).sort((x, y) => x.at - y.at)
      const found = detect([rule], signals, { end: 60 })
      expect(
        detect(
          [rule],
          shuffled.map(({ one }) => one),
          { end: 60 },
        ),
      ).toEqual(found)
      expect(detect([rule], signals, { end: 60, restoreAfter })).toEqual(found)
    }),
    { numRuns: Number(process.env['RUNS'] ?? 150) },
  )
})

test.each([
  ['first_seen', 'field: v\nlearning: 5s\nminimum: 2\nforget: 15s'],
  ['volume', 'timespan: 3s\nminimum: 2\nhistory: 20s\ncondition: {deviation: 1}'],
  ['absence', 'neighbours: [v]\ntimespan: 4s\ngrace: 2s\nminimum: 1\ndisabled-by: b'],
] as const)('%s says the same of a group, however many others there are', (type, lines) => {
  const rule = stateRule(type, `rules: ${type === 'absence' ? 'a' : '[a, b]'}\ngroup-by: [u]\n${lines}`)
  const at = (seconds: readonly number[], v: string, name = 'a') =>
    seconds.map(second => signal(name, second, { u: 'one', v }, `${name}-${v}-${second}`))
  const one = [...at([1, 2, 3, 9], 'x'), ...at([8], 'x', 'b'), ...at([70, 76, 77, 77.5], 'y')]
  const other = [...at([60, 61], 'x')].map(signal => ({ ...signal, values: { u: ['two'], v: ['x'] } }))
  // So many that what is over is looked for.
  const others = Array.from({ length: 2200 }, (_, place) =>
    signal(place % 2 === 0 ? 'a' : 'b', 40 + (place % 7), { u: `u${place}`, v: `v${place}` }, `o${place}`),
  )
  const found = (signals: readonly ReturnType<typeof signal>[]) =>
    detect([rule], signals, { end: 99 }).filter(({ group }) => group[0] === 'one')
  expect(found([...one, ...other, ...others])).toEqual(found([...one, ...other]))
})
