import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { JsonObject } from '../../src/core/json.ts'
import type { Database } from '../../src/engines/duckdb/database.ts'
import { type FieldStyle, rowMaker } from '../../src/engines/files/event-row.ts'
import { readManifest } from '../../src/lake/manifest.ts'
import { type StoredEvent, storedEvents } from '../../src/lake/raw-events.ts'
import { lakeEvents } from '../../src/lake/read.ts'
import { type Expr, type Field, field } from '../../src/plan/expr.ts'
import { finished, select } from '../../src/plan/pipeline.ts'
import { print } from '../../src/plan/print.ts'
import type { Cell } from '../../src/plan/relation.ts'
import { column } from '../../src/plan/scalars.ts'
import { compile } from '../../src/scan/compile.ts'
import { cloudtrail } from '../../src/sources/cloudtrail/cloudtrail.ts'
import { unwrap } from '../../src/sources/unwrap.ts'
import { withDatabase } from '../database.ts'
import { eventsFor, expr } from '../plain/arbitrary.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { addTo, anEvent, eventFile } from './lake.ts'

// RUNS=5000 looks longer.
const RUNS = Number(process.env['RUNS'] ?? 8)
/**
 * Ends before the test's own time is up: a thread that is ended while the engine works for it takes the process with it
 * (`Napi::Error`).
 */
const BOUNDS = { numRuns: Math.ceil(RUNS / 4), endOnFailure: true, interruptAfterTimeLimit: 480_000 }
const EVENTS = 40

const FIELDS = [
  'eventName',
  'errorCode',
  'userAgent',
  'userIdentity.arn',
  'userIdentity.sessionContext.sessionIssuer.userName',
  'requestParameters.bucketName',
  'requestParameters.a.b',
  'requestParameters.list{}',
  'responseElements.x',
  'serviceEventDetails.x',
  'readOnly',
] as const

const texts = fc.oneof(
  fc.constantFrom(
    'GetObject',
    'getobject',
    'DELETE',
    'a',
    'A',
    '',
    '%',
    '_',
    '\\',
    '"',
    "it's",
    'null',
    'true',
  ),
  fc.constantFrom(
    'a"b',
    'a\\b',
    'x%y',
    '1.0',
    '\ud800',
    'a\u0000b',
    'a\nb',
    '\u0011',
    '\u0002',
    'a\u001fb',
    '\u000b\u000e',
    '\\u001F 1e5',
    'é',
    '😀',
    '\u212a',
  ),
  fc.string({ maxLength: 6 }),
)
/** A number between @ is written as it is. */
const scalars = fc.oneof(
  { weight: 4, arbitrary: texts },
  fc.constantFrom(null, true, false, 0, 5, '@1.0@', '@1e2@', '@9007199254740993@', '@1e21@'),
)
const values = fc.oneof(
  { weight: 5, arbitrary: scalars },
  fc.array(scalars, { maxLength: 3 }),
  fc.dictionary(fc.constantFrom('x', 'a', 'bucketName', '__proto__'), scalars, { maxKeys: 3 }),
)
const some = (value: fc.Arbitrary<unknown>) => fc.option(value, { nil: undefined, freq: 3 })
const events = fc.record({
  first: some(texts),
  eventName: texts,
  errorCode: some(values),
  userAgent: some(values),
  userIdentity: some(
    fc.oneof(
      fc.record({
        arn: some(values),
        sessionContext: some(fc.record({ sessionIssuer: some(fc.record({ userName: some(values) })) })),
      }),
      fc.array(fc.record({ arn: texts }), { maxLength: 2 }),
      scalars,
    ),
  ),
  requestParameters: some(
    fc.oneof(
      fc.record({
        bucketName: some(values),
        a: some(fc.oneof(fc.record({ b: values }), fc.array(fc.record({ b: texts }), { maxLength: 2 }))),
        list: some(fc.array(scalars, { maxLength: 3 })),
      }),
      values,
    ),
  ),
  responseElements: some(values),
  serviceEventDetails: some(fc.record({ x: values })),
  readOnly: some(values),
})
const dotted = fc.dictionary(
  fc.constantFrom('userIdentity.arn', 'requestParameters.bucketName', 'requestParameters.a'),
  scalars,
  { maxKeys: 2 },
)

function fileOf(found: readonly object[]): string {
  const all = found.map((one, number) => {
    const { first, ...event } = one as { first?: string }
    return { first, ...anEvent(number), ...event }
  })
  // Of two keys the last one counts.
  return eventFile(all, json =>
    json.replaceAll(/"@([\d.e]+)@"/g, '$1').replaceAll('"first":', '"eventName":'),
  )
}

/** As the lake keeps texts: what no engine holds is replaced. */
function kept(cell: Cell): Cell {
  if (Array.isArray(cell)) return cell.map(member => String(kept(member)))
  if (typeof cell !== 'string') return cell
  return cell.replace(/\p{Surrogate}/gu, '\ufffd').replaceAll('\0', '\u2400')
}

async function rowsOf(lake: string, style: FieldStyle, names: readonly string[], prefilter?: Expr) {
  return withDatabase(async database => {
    const wish = { names: new Set(names), all: false }
    const condition =
      prefilter === undefined ? {} : { conditionFor: () => ({ condition: prefilter, decides: false }) }
    const read = { lake, manifest: readManifest(lake), style, wish, ...condition }
    const found = lakeEvents(read, database)
    const columns = ['$record', ...names].flatMap(name => {
      const type =
        found.relation.op === 'table' ? found.relation.columns.find(c => c.name === name)?.type : undefined
      return type === undefined
        ? []
        : [{ name: name === '$record' ? 'record' : name, value: column(name, type) }]
    })
    const rows: Map<string, Cell>[] = []
    for await (const batch of database.rows(finished(select(found, columns))))
      for (const row of batch) rows.push(new Map(columns.map(({ name }, at) => [name, row[at] ?? null])))
    return rows.sort((a, b) => Number(a.get('record')) - Number(b.get('record')))
  })
}

test.each(['splunk', 'sumo'] as const)(
  'a field reads in the lake as it does in the file, for %s',
  async style => {
    await fc.assert(
      fc.asyncProperty(fc.array(events, { minLength: EVENTS, maxLength: EVENTS }), async found => {
        const lake = temporaryFolder()
        const file = fileOf(found)
        const { Records } = JSON.parse(readFileSync(file, 'utf8')) as { Records: readonly JsonObject[] }
        await addTo(lake, [file])
        const rows = await rowsOf(lake, style, FIELDS)
        for (const row of rows) {
          const record = clean(asRead(Records[Number(row.get('record'))] ?? {}))
          const wish = { names: new Set<string>(FIELDS), all: false }
          const expected = rowMaker(style, wish)({ source: cloudtrail, record, text: '', file, number: 0 })
          for (const name of FIELDS)
            expect([name, textual(row.get(name))]).toEqual([name, textual(kept(expected.get(name) ?? null))])
        }
      }),
      BOUNDS,
    )
  },
  600_000,
)

/** A list of one may be that one, which columns with lists in them make of it. */
function textual(cell: Cell | undefined): unknown {
  if (cell === undefined || cell === null || (Array.isArray(cell) && cell.length === 0)) return null
  return Array.isArray(cell) && cell.length === 1 ? cell[0] : cell
}

const patterns = fc.array(fc.oneof(texts, fc.constant({ wild: 'any' as const })), {
  minLength: 1,
  maxLength: 3,
})

test('what is left out before the search could not have matched', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.tuple(events, dotted).map(([event, keys]) => ({ ...event, ...keys })),
        { minLength: EVENTS, maxLength: EVENTS },
      ),
      fc.array(fc.tuple(fc.constantFrom(...FIELDS.slice(0, 7)), patterns, fc.boolean()), {
        minLength: 12,
        maxLength: 12,
      }),
      async (found, wanted) => {
        const lake = temporaryFolder()
        const file = fileOf(found)
        const { Records } = JSON.parse(readFileSync(file, 'utf8')) as { Records: readonly JsonObject[] }
        await addTo(lake, [file])
        const there = new Set((await rowsOf(lake, 'splunk', [])).map(row => Number(row.get('record'))))
        for (const [name, pattern, caseless] of wanted) {
          const match: Expr = { kind: 'match', of: field(name), pattern, caseless }
          const condition: Expr = {
            kind: 'and',
            of: [{ kind: 'or', of: [match, { kind: 'null', of: field(name) }] }],
          }
          const left = new Set(
            (await rowsOf(lake, 'splunk', [], condition)).map(row => Number(row.get('record'))),
          )
          const test = compile(match)
          for (const [number, record] of Records.entries())
            if (there.has(number) && test(clean(asRead(record))))
              expect([name, pattern, number, left.has(number)]).toEqual([name, pattern, number, true])
        }
      },
    ),
    BOUNDS,
  )
}, 600_000)

test('the engine and the scan find the same events, and seldom is an event left open', async () => {
  let [told, open] = [0, 0]
  const conditions = fc.array(
    fc.tuple(expr, fc.nat(FIELDS.length)).map(([random, shift]) => overFields(random, shift)),
    { minLength: 12, maxLength: 12 },
  )
  const cases = conditions.chain(wanted =>
    fc.tuple(fc.constant(wanted), fc.array(events, { minLength: 15 }), eventsFor(wanted), eventsFor(wanted)),
  )
  await fc.assert(
    fc.asyncProperty(cases, async ([wanted, usual, aimed, others]) => {
      const lake = temporaryFolder()
      await addTo(lake, [fileOf([...usual, ...aimed, ...others.map(nested)])])
      await withDatabase(async database => {
        const all = await stored(lake, { kind: 'constant', value: true }, database)
        for (const condition of wanted) {
          const test = compile(condition)
          const passed = new Map(
            (await stored(lake, condition, database)).map(({ number, sure }) => [number, sure]),
          )
          for (const { number, record } of all) {
            const [sure, meant] = [passed.get(number), test(record)]
            if (sure === false) open++
            else if ((sure ?? false) === meant) told++
            else throw new Error(`${!meant}, not ${meant}\n${print(condition)}\n${JSON.stringify(record)}`)
          }
        }
      })
    }),
    BOUNDS,
  )
  expect(open * 10).toBeLessThan(told)
}, 600_000)

/** The events for which a condition may be true. */
async function stored(lake: string, condition: Expr, database: Database): Promise<readonly StoredEvent[]> {
  const read = { lake, manifest: readManifest(lake), conditionFor: () => ({ condition, decides: true }) }
  const found: StoredEvent[] = []
  for await (const event of storedEvents(read, database)) found.push(event)
  return found
}

/** The same event with keys with dots taken apart. */
function nested(event: JsonObject): object {
  const out: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(event)) {
    const path = key.split('.')
    let place = out
    for (const part of path.slice(0, -1)) {
      const inner = Object.hasOwn(place, part) ? place[part] : undefined
      const made = typeof inner === 'object' && inner !== null ? inner : {}
      if (part !== '__proto__') place[part] = made
      place = made as Record<string, unknown>
    }
    if (path.at(-1) !== '__proto__') place[path.at(-1) ?? ''] = value
  }
  return out
}

/** The same condition over fields that these events have. */
function overFields(condition: Expr, shift: number): Expr {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return { ...condition, of: condition.of.map((part, at) => overFields(part, shift + at)) }
    case 'not':
      return { ...condition, of: overFields(condition.of, shift) }
    case 'same':
      return { ...condition, of: fieldAt(shift), other: fieldAt(shift + 3) }
    case 'keyword':
    case 'constant':
      return condition
    default:
      return { ...condition, of: fieldAt(shift) }
  }
}

function fieldAt(place: number): Field {
  const name = FIELDS[place % FIELDS.length] ?? ''
  return field(name.replaceAll('{}', ''))
}

/** As the source reads it, which takes an event with a dotted key and no object for a row of a table. */
function asRead(record: JsonObject): JsonObject {
  let read = record
  unwrap(record, item => {
    if (item.kind === 'event') read = item.record
  })
  return read
}

/** As the lake keeps it. */
function clean(record: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(record), (_, value: unknown) =>
    typeof value === 'string' ? kept(value) : value,
  ) as JsonObject
}
