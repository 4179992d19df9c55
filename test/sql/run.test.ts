import { expect, test } from 'vitest'
import { TableLoader } from '../../src/engines/duckdb/table-loader.ts'
import * as pipe from '../../src/plan/pipeline.ts'
import type { Cell } from '../../src/plan/relation.ts'
import type { Column } from '../../src/plan/scalar.ts'
import { as, call, column, compare, number, text } from '../../src/plan/scalars.ts'
import { shownColumns } from '../../src/sql/print-relation.ts'
import { testDatabase } from '../database.ts'

const database = await testDatabase()

const EVENTS: readonly (readonly (readonly [string, Cell])[])[] = [
  [
    ['_time', 10],
    ['user', 'ann'],
    ['User', 'x'],
    ['tags', ['p', 'q']],
    ['bytes', '5'],
  ],
  [
    ['_time', 20],
    ['user', 'ann'],
    ['tags', 'r'],
    ['bytes', '10'],
  ],
  [
    ['_time', 30],
    ['user', "bo'b"],
    ['bytes', 'many'],
  ],
]

async function events(): Promise<pipe.Pipeline> {
  const loader = new TableLoader(database, 'events')
  for (const row of EVENTS) loader.add(row)
  const columns: readonly Column[] = await loader.finish()
  return {
    relation: { op: 'table', table: 'events', columns },
    order: [{ value: column('_time', 'number'), descending: true }],
  }
}

async function rows(pipeline: pipe.Pipeline): Promise<readonly Readonly<Record<string, Cell>>[]> {
  const relation = pipe.finished(pipeline)
  const columns = shownColumns(relation)
  const found = await database.first(relation, 1000)
  return found.map(row => Object.fromEntries(columns.map(({ name }, at) => [name, row[at] ?? null])))
}

test('a table keeps names that differ in case, and lists', async () => {
  expect(await rows(await events())).toEqual([
    { _time: 30, user: "bo'b", User: null, tags: null, bytes: 'many' },
    { _time: 20, user: 'ann', User: null, tags: ['r'], bytes: '10' },
    { _time: 10, user: 'ann', User: 'x', tags: ['p', 'q'], bytes: '5' },
  ])
})

test('a pipeline filters, extends, groups and sorts', async () => {
  const all = await events()
  const some = pipe.filter(all, compare('gt', column('bytes', 'text'), number(4)))
  const wider = pipe.extend(some, [
    { name: 'upper', value: call('upper', column('user', 'text')) },
    { name: 'size', value: as('number', column('bytes', 'text')) },
  ])
  const grouped = pipe.group(
    wider,
    [{ name: 'upper', value: column('upper', 'text') }],
    [
      { name: 'count', fn: 'count_rows', type: 'number' },
      { name: 'total', fn: 'sum', of: column('size', 'number'), type: 'number' },
      { name: 'tags', fn: 'values', of: column('tags', 'list'), type: 'list' },
      { name: 'most', fn: 'max', of: column('bytes', 'text'), type: 'text' },
    ],
  )
  expect(await rows(grouped)).toEqual([
    { upper: 'ANN', count: 2, total: 15, tags: ['p', 'q', 'r'], most: '10' },
    { upper: "BO'B", count: 1, total: null, tags: null, most: 'many' },
  ])
})

test('unnest, append and limit keep the order', async () => {
  const all = await events()
  const members = pipe.unnest(all, { of: column('tags', 'list'), as: 'tag', keepEmpty: true })
  const tags = pipe.select(members, [{ name: 'tag', value: column('tag', 'text') }])
  const twice = pipe.append(tags, pipe.limit(tags, 1))
  expect((await rows(twice)).map(row => row['tag'])).toEqual([null, 'r', 'p', 'q', null])
  expect((await rows(pipe.select(pipe.reverse(all), [{ name: 'x', value: text('y') }]))).length).toBe(3)
})
