import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { JsonObject } from '../../../src/core/json.ts'
import type { Cell } from '../../../src/plan/relation.ts'
import { missing, sharedJson } from '../../plain/shared-data.ts'
import { SearchBench } from '../../search-harness.ts'
import { tableOf } from '../../search-page.ts'
import { rowsOf } from './queries.ts'

const FILE = 'cases/sumo-cases.json'
const noCases = missing(FILE)

interface Case {
  readonly id: string
  readonly query: string | null
  readonly mode?: string
  readonly input_lines: readonly (JsonObject | string)[]
  readonly expected_rows: readonly Readonly<Record<string, Cell>>[]
  readonly ordered?: boolean
  readonly lookups?: readonly {
    readonly path: string
    readonly rows: readonly Readonly<Record<string, string>>[]
  }[]
}

/** The right rows of cases whose expected ones are wrong; `docs/meaning.md` says why. */
const RIGHT: ReadonlyMap<string, (lines: Case['input_lines']) => Case['expected_rows']> = new Map([
  [
    'agrind/longlines',
    ([long, short]) => [
      { event: eventOf(long), _count: 1 },
      { event: eventOf(short), _count: 5 },
    ],
  ],
])

function eventOf(line: JsonObject | string | undefined): string {
  const record = typeof line === 'string' ? (JSON.parse(line) as JsonObject) : line
  return String(record?.['event'])
}

const cases =
  noCases === undefined
    ? (sharedJson(FILE) as { readonly cases: readonly Case[] }).cases.filter(({ query }) => query !== null)
    : []

describe.skipIf(noCases !== undefined)(noCases ?? 'cases written from the documentation', () => {
  let bench: SearchBench
  beforeAll(async () => {
    bench = await SearchBench.open()
  })
  afterAll(() => bench.close())

  test('there are enough of them', () => expect(cases.length).toBeGreaterThan(50))

  test.each(cases)('$id', async ({ id, query, mode, input_lines, expected_rows, ordered, lookups = [] }) => {
    const tables = Object.fromEntries(
      lookups.map(({ path, rows }) => [path, tableOf(path, rows, { maxMatches: 1 })]),
    )
    const rows = await rowsOf(bench, query ?? '', input_lines, {
      strict: mode === 'literal',
      lookups: tables,
    })
    const told = (all: readonly Readonly<Record<string, Cell>>[]) => {
      const texts = all.map(comparable)
      return ordered === true ? texts : texts.sort()
    }
    expect(told(rows)).toEqual(told(RIGHT.get(id)?.(input_lines) ?? expected_rows))
  })
})

/** Values compare as texts unless both are numbers; `None` is how the other dialect shows a missing value. */
function comparable(row: Readonly<Record<string, Cell>>): string {
  const cells = Object.entries(row).filter(([, cell]) => cell !== null && cell !== 'None')
  const plain = cells.map(([name, cell]) => [
    name,
    typeof cell === 'string' && cell.trim() !== '' && Number.isFinite(Number(cell)) ? Number(cell) : cell,
  ])
  return JSON.stringify(plain.sort())
}
