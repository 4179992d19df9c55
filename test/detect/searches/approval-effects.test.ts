import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ApprovalEffects } from '../../../src/detect/searches/approval-effects.ts'
import type { FoundRow } from '../../../src/detect/searches/run-search.ts'
import { type Window, windowsOver } from '../../../src/detect/searches/windows.ts'
import { ROW_FROM, ROW_PLACE, ROW_UNTIL } from '../../../src/plan/lookup-match.ts'
import { type LookupTable, Refusal } from '../../../src/plan/lowering.ts'

interface Event {
  readonly image: string
  /** Seconds. */
  readonly time: number
}

interface Entry {
  readonly image: string
  readonly from: number
  readonly until: number
}

function tableOf(entries: readonly Entry[]): LookupTable {
  const numbers = [ROW_PLACE, ROW_FROM, ROW_UNTIL].map(name => ({ name, type: 'number' as const }))
  const image = { name: 'image', type: 'text' as const }
  return {
    name: 'approved',
    columns: [image],
    relation: {
      op: 'rows',
      columns: [image, ...numbers],
      rows: entries.map((entry, place) => [entry.image, place, entry.from, entry.until]),
    },
    match: {},
    expires: true,
    caseSensitive: false,
    maxMatches: 1000,
    minMatches: 0,
  }
}

/** How a search of the tests tells what it meets, and what it gives. */
interface Search {
  /** Not at all, the approvals of a window, or those of each event. */
  readonly tells: 'nothing' | 'window' | 'events'
  /** How many runs more than the plain ones may go well. */
  readonly most?: number
}

/** A search for the events that no entry of the table approves at their time. */
function effectsOf(events: readonly Event[], entries: readonly Entry[], { tells, most = 1e6 }: Search) {
  let runs = 0
  return new ApprovalEffects({
    lookups: new Map([['approved', tableOf(entries)]]),
    windows: true,
    entity: () => 'all',
    plan: async (window, lookups, heard) => {
      if (!heard && ++runs > most)
        throw new Refusal({ code: 'test/refused', severity: 'error', message: 'too many rows' })
      const { relation, met } = lookups.get('approved') ?? tableOf([])
      const rows = relation.op === 'rows' ? relation.rows : []
      const about = ({ image }: Event) => rows.filter(([of]) => of === image)
      const holds = ({ time }: Event, [, , from, until]: readonly unknown[]) =>
        Number(from) <= time && time < Number(until)
      const within = events
        .map((event, number) => ({ event, number }))
        .filter(({ event: { time } }) => time * 1000 >= window.from && time * 1000 < window.to)
      const pairs = within.flatMap(({ event, number }) =>
        about(event).map(row => ({
          place: Number(row[1]),
          holds: holds(event, row),
          ...(tells === 'events' ? { event: number } : {}),
        })),
      )
      met?.(tells === 'nothing' ? undefined : pairs)
      return async () =>
        within
          .filter(({ event }) => !about(event).some(row => holds(event, row)))
          .map(({ event, number }) => rowOf(event, { number, window, tells }))
    },
  })
}

function rowOf(
  { time }: Event,
  { number, window, tells }: { readonly number: number; readonly window: Window; readonly tells: string },
): FoundRow {
  const id = String(number)
  const evidence = { event_id: id, event_time: '', file: '', record: number, sha256: '' }
  const event = { id, time: time * 1000, actor: {}, resources: [], outcome: 'unknown' as const }
  return { window, values: new Map(), event: { event, evidence }, ...(tells === 'events' ? { number } : {}) }
}

async function looked(effects: ApprovalEffects, windows: readonly Window[]) {
  const given = new Map<string, readonly number[]>()
  for (const window of windows)
    for (const { event, approvals = [] } of await effects.rows(window)) {
      const id = event?.evidence.event_id ?? ''
      if (!given.has(id)) given.set(id, placesOf(approvals))
    }
  const hidden = new Map(
    effects.list().map(({ row, approvals }) => [row.event?.evidence.event_id ?? '', placesOf(approvals)]),
  )
  return { given, hidden }
}

function placesOf(approvals: readonly { readonly place: number }[]): readonly number[] {
  return approvals.map(({ place }) => place).sort((a, b) => a - b)
}

const WINDOWS = windowsOver({ every: 10_000, window: 25_000 }, 0, 99_000)
const image = fc.constantFrom('a', 'b', 'c')
const time = fc.integer({ min: 0, max: 99 })
const entry = fc
  .tuple(image, time, time)
  .map(([of, one, other]) => ({ image: of, from: Math.min(one, other), until: Math.max(one, other) }))

test('each event is given or hidden, and named with what hides it or would have', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ image, time }), { maxLength: 10 }),
      fc.array(entry, { maxLength: 6 }),
      fc.constantFrom('nothing', 'window', 'events'),
      async (events, entries, tells) => {
        const { given, hidden } = await looked(effectsOf(events, entries, { tells }), WINDOWS)
        const expected = events.map((event, number) => {
          const about = entries
            .map((one, place) => ({ ...one, place }))
            .filter(one => one.image === event.image)
          const held = about.filter(({ from, until }) => from <= event.time && event.time < until)
          return { id: String(number), held: placesOf(held), about: placesOf(about) }
        })
        const free = expected.filter(({ held }) => held.length === 0)
        const taken = expected.filter(({ held }) => held.length > 0)
        expect(new Map(free.map(one => [one.id, one.about]))).toEqual(new Map([...given].sort(byNumber)))
        expect(new Map(taken.map(one => [one.id, one.held]))).toEqual(new Map([...hidden].sort(byNumber)))
      },
    ),
    { numRuns: 60 },
  )
})

function byNumber([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return Number(a) - Number(b)
}

const HELD = { from: 0, until: 100 }

test('what cannot be run without approvals is not evaluable, and the rows stay', async () => {
  const events = [
    { image: 'a', time: 5 },
    { image: 'b', time: 6 },
  ]
  const effects = effectsOf(events, [{ image: 'a', ...HELD }], { tells: 'events', most: 0 })
  const { given, hidden } = await looked(effects, WINDOWS)
  expect([[...given.keys()], [...hidden.keys()]]).toEqual([['1'], []])
  expect(effects.remarks()).toEqual(['what approvals hide is not evaluable: too many rows'])
})

test('where too many runs would tell which approval it was, it is not told', async () => {
  const images = Array.from({ length: 200 }, (_, at) => `i${at}`)
  const events = images.map(of => ({ image: of, time: 5 }))
  const entries = images.map(of => ({ image: of, ...HELD }))
  const effects = effectsOf(events, entries, { tells: 'window' })
  const { hidden } = await looked(effects, [{ from: 0, to: 10_000 }])
  expect(hidden.size).toBe(200)
  expect([...hidden.values()].filter(places => places.length === 0).length).toBeGreaterThan(0)
  expect(effects.remarks()).toEqual(['of some rows it cannot be told which approvals hide them'])
})

test('without an approval that is met, nothing runs twice', async () => {
  const effects = effectsOf([{ image: 'a', time: 5 }], [{ image: 'b', ...HELD }], {
    tells: 'events',
    most: 0,
  })
  const { given } = await looked(effects, [{ from: 0, to: 10_000 }])
  expect([[...given], effects.remarks()]).toEqual([[['0', []]], []])
})
