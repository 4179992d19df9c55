import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { JsonObject } from '../../../src/core/json.ts'
import type { Cell } from '../../../src/plan/relation.ts'
import { missing, sharedJson } from '../../plain/shared-data.ts'
import { SearchBench } from '../../search-harness.ts'
import { tableOf } from './page.ts'
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

/** Its expected rows hold a line of a terminal that was cut off, not a row. */
const WRONG = ['agrind/longlines']

const cases =
  noCases === undefined
    ? (sharedJson(FILE) as { readonly cases: readonly Case[] }).cases.filter(
        ({ query, id }) => query !== null && !WRONG.includes(id),
      )
    : []

describe.skipIf(noCases !== undefined)(noCases ?? 'cases written from the documentation', () => {
  let bench: SearchBench
  beforeAll(async () => {
    bench = await SearchBench.open()
  })
  afterAll(() => bench.close())

  test('there are enough of them', () => expect(cases.length).toBeGreaterThan(50))

  test.each(cases)('$id', async ({ query, mode, input_lines, expected_rows, ordered, lookups = [] }) => {
    const tables = Object.fromEntries(lookups.map(({ path, rows }) => [path, tableOf(path, rows)]))
    const rows = await rowsOf(bench, query ?? '', input_lines, {
      strict: mode === 'literal',
      lookups: tables,
    })
    const told = (all: readonly Readonly<Record<string, Cell>>[]) => {
      const texts = all.map(comparable)
      return ordered === true ? texts : texts.sort()
    }
    expect(told(rows)).toEqual(told(expected_rows))
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
