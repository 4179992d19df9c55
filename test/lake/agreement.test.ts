import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { JsonObject } from '../../src/core/json.ts'
import { eventRow, type FieldStyle } from '../../src/detect/query/event-row.ts'
import { readManifest } from '../../src/lake/manifest.ts'
import { lakeEvents } from '../../src/lake/read.ts'
import { type Expr, field } from '../../src/plan/expr.ts'
import { finished, select } from '../../src/plan/pipeline.ts'
import type { Cell } from '../../src/plan/relation.ts'
import { column } from '../../src/plan/scalars.ts'
import { compile } from '../../src/scan/compile.ts'
import { cloudtrail } from '../../src/sources/cloudtrail/cloudtrail.ts'
import { addTo, anEvent, eventFile, newFolder, withDatabase } from './lake.ts'

// RUNS=5000 looks longer.
const RUNS = Number(process.env['RUNS'] ?? 12)
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
    'é',
    '😀',
    '\u212a',
  ),
  fc.string({ maxLength: 6 }),
)
/** What stands between @ is written as it is. */
const scalars = fc.oneof(
  { weight: 4, arbitrary: texts },
  fc.constantFrom(null, true, false, 0, 5, '@1.0@', '@1e2@', '@9007199254740993@'),
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
  return eventFile(all, json => json.replaceAll(/"@([^@"]*)@"/g, '$1').replaceAll('"first":', '"eventName":'))
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
    const condition = prefilter === undefined ? {} : { prefilter }
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
        const lake = newFolder()
        const file = fileOf(found)
        const { Records } = JSON.parse(readFileSync(file, 'utf8')) as { Records: readonly JsonObject[] }
        await addTo(lake, [file])
        const rows = await rowsOf(lake, style, FIELDS)
        for (const row of rows) {
          const record = clean(Records[Number(row.get('record'))] ?? {})
          const wish = { names: new Set<string>(FIELDS), all: false }
          const expected = eventRow({ source: cloudtrail, record, text: '', file }, style, wish)
          for (const name of FIELDS)
            expect([name, textual(row.get(name))]).toEqual([name, textual(kept(expected.get(name) ?? null))])
        }
      }),
      { numRuns: Math.ceil(RUNS / 4), endOnFailure: true },
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
        const lake = newFolder()
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
            if (there.has(number) && test(clean(record)))
              expect([name, pattern, number, left.has(number)]).toEqual([name, pattern, number, true])
        }
      },
    ),
    { numRuns: Math.ceil(RUNS / 4), endOnFailure: true },
  )
}, 600_000)

/** As the lake keeps it. */
function clean(record: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(record), (_, value: unknown) =>
    typeof value === 'string' ? kept(value) : value,
  ) as JsonObject
}
