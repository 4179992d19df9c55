import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { JsonObject } from '../../../src/core/json.ts'
import { readMacrosJson } from '../../../src/lang/spl/macros/json.ts'
import { splSearch } from '../../../src/lang/spl/search.ts'
import type { LookupTable } from '../../../src/plan/lowering.ts'
import type { Cell } from '../../../src/plan/relation.ts'
import { missing, sharedJson } from '../../plain/shared-data.ts'
import { lookupOf, SearchBench } from '../../search-harness.ts'
import { JUDGED } from './judged.ts'

interface Case {
  readonly id: string
  readonly query: string
  readonly input?: readonly JsonObject[]
  readonly dataset?: string
  readonly expected_rows: readonly Readonly<Record<string, unknown>>[]
  readonly ordered?: boolean
  readonly macros?: unknown
  readonly lookups?: readonly {
    readonly name: string
    readonly rows: readonly Readonly<Record<string, string>>[]
  }[]
}
interface Cases {
  readonly datasets: Readonly<Record<string, readonly JsonObject[]>>
  readonly cases: readonly Case[]
}

const absent = missing('cases/spl-cases.json')

describe.skipIf(absent !== undefined)(absent ?? 'given cases', () => {
  const all =
    absent === undefined ? (sharedJson('cases/spl-cases.json') as Cases) : { datasets: {}, cases: [] }
  let bench: SearchBench
  beforeAll(async () => {
    bench = await SearchBench.open()
  })
  afterAll(() => bench.close())

  test('all are here', () => {
    expect(all.cases.length).toBe(162)
    expect([...JUDGED.keys()].filter(id => !all.cases.some(one => one.id === id))).toEqual([])
  })

  test('each case that is judged wrong stands in the meaning', () => {
    const meaning = readFileSync('docs/meaning.md', 'utf8')
    expect([...JUDGED.keys()].filter(id => !meaning.includes(`\`${id}\``))).toEqual([])
  })

  test.each(all.cases.filter(runs).map(one => [one.id, one] as const))('%s', async (_, one) => {
    const macros = one.macros === undefined ? new Map() : macrosOf(one.macros)
    const parsed = splSearch(one.query, { macros })
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems, undefined, 1))
    const events = one.input ?? all.datasets[one.dataset ?? ''] ?? []
    const lookups = Object.fromEntries(
      (one.lookups ?? []).map(({ name, rows }) => [name, lookup(name, rows)]),
    )
    const ran = await bench.run(parsed.value, 'splunk', events, { lookups, order: 'given' })
    const right = JUDGED.get(one.id)?.right
    const rows = right === undefined ? one.expected_rows : right(one.expected_rows, events)
    const wanted = rows.map(row => normal(row, one.query))
    const names = new Set(wanted.flatMap(row => Object.keys(row)))
    const got = ran.rows.map(row => normal(row, one.query, names))
    expect(one.ordered === true ? got : sorted(got), ran.sql).toEqual(
      one.ordered === true ? wanted : sorted(wanted),
    )
  })
})

/** Those that are judged wrong run if it is known what is right. */
function runs({ id }: Case): boolean {
  const judged = JUDGED.get(id)
  return judged === undefined || judged.right !== undefined
}

function macrosOf(given: unknown) {
  const read = readMacrosJson(JSON.stringify(given))
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return read.value
}

function lookup(name: string, rows: readonly Readonly<Record<string, string>>[]): LookupTable {
  const names = [...new Set(rows.flatMap(row => Object.keys(row)))]
  const columns = names.map(column => ({ name: column, type: 'text' as const }))
  const cells = rows.map(row => names.map(column => row[column] ?? null))
  return lookupOf(name, { relation: { op: 'rows', columns, rows: cells }, order: [] })
}

/** Without nulls, and without `_` fields that nobody asked about; numbers as numbers, one value as itself. */
function normal(row: Readonly<Record<string, unknown>>, query: string, names?: ReadonlySet<string>) {
  const entries = Object.entries(row).filter(([name, value]) => {
    return (
      value !== null &&
      value !== undefined &&
      (names === undefined || names.has(name) || !name.startsWith('_'))
    )
  })
  return Object.fromEntries(entries.map(([name, value]) => [name, plain(value, query)]))
}

function plain(value: unknown, query: string): unknown {
  if (Array.isArray(value)) {
    const members = value.map(member => plain(member, query))
    const [only] = members
    if (members.length === 1) return only
    return query.includes('values(') ? members.sort() : members
  }
  const text = String(value as Cell)
  // A list in the form of another product.
  if (/^\[[^"']*\]$/.test(text)) return plain(text.slice(1, -1).split(','), query)
  const number = Number(text)
  return text.trim() !== '' && Number.isFinite(number) ? Number(number.toPrecision(12)) : text
}

function sorted(rows: readonly object[]): readonly object[] {
  const key = (row: object): string =>
    JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)))
  return [...rows].sort((left, right) => (key(left) < key(right) ? -1 : 1))
}
