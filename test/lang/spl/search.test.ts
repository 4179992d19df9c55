import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { JsonObject } from '../../../src/core/json.ts'
import { splSearch } from '../../../src/lang/spl/search.ts'
import type { Search } from '../../../src/plan/lowering.ts'
import { print } from '../../../src/plan/print.ts'
import { compile } from '../../../src/scan/compile.ts'
import { SearchBench } from '../../search-harness.ts'

let bench: SearchBench
beforeAll(async () => {
  bench = await SearchBench.open()
})
afterAll(() => bench.close())

function read(text: string): Search {
  const parsed = splSearch(text)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return parsed.value
}

describe('what a search wishes', () => {
  test.each([
    ['eventName=x | stats count by user', false],
    ['eventName=x', true],
    ['eventName=x | fields - a', true],
    ['a=1 | stats values(*) as * by b', true],
    ['a=1 | fillnull | stats count by b', false],
    ['a=1 | transaction user | table a', true],
    ['a=1 | stats count | append [search b=1]', true],
    ['a=1 | stats count | append [search b=1 | stats count]', false],
    ['a=1 [search b=1 | fields c] | stats count', false],
    ['a=1 [search b=1] | stats count', true],
    ['| makeresults | eval a=1', false],
    ['| tstats count from datamodel=Change by All_Changes.user', false],
  ])('%s', (text, all) => {
    expect(read(text).wish.all).toBe(all)
  })
  test('every name, and what stars in a rename make of it', () => {
    const { names } = read(
      'a=1 denied | rename p.* as * | rename q.* as * | stats count(b) by c{} date_hour',
    ).wish
    for (const name of ['a', '_raw', 'b', 'p.b', 'q.b', 'p.q.b', 'c{}', 'p.q.c{}', '_time', 'date_hour']) {
      expect(names).toContain(name)
    }
  })
  test('the fields behind the names of a data model', () => {
    const { names } = read(
      '| tstats count from datamodel=Change by All_Changes.Instance_Changes.image_id',
    ).wish
    expect(names).toContain('image_id')
  })
})

describe('bounds of time', () => {
  test('are those of the first stage, relative ones before now', () => {
    const bounds = (text: string) => read(text).bounds?.(1_700_000_000)
    expect(bounds('a=1 earliest=1700000000 latest="11/15/2023:00:00:00"')).toEqual({
      earliest: 1_700_000_000,
      latest: 1_700_006_400,
    })
    expect(bounds('a=1 earliest=-1h latest=now')).toEqual({ earliest: 1_699_996_400, latest: 1_700_000_000 })
    expect(bounds('a=1')).toEqual({})
  })
})

describe('the prefilter', () => {
  test.each([
    [
      'eventName=GetObject user=x',
      'and\n  or\n    eventName = "GetObject"\n    eventName is missing or null\n  or\n    user = "x"\n    user is missing or null',
    ],
    [
      'a.b=x* OR c IN (y, z)',
      'and\n  or\n    or\n      a.b = "x" *\n      a.b is missing or null\n      or "hidden by a key with dots"\n        a.b = "{" *\n        a.b = "[" *\n    or\n      c = "y"\n      c = "z"\n      c is missing or null',
    ],
  ])('%s', (text, expected) => {
    expect(print(read(text).prefilter ?? { kind: 'constant', value: false })).toBe(expected)
  })
  test.each([
    'a=1',
    'a!=x',
    'NOT a=x',
    'a{}=x',
    'index=x sourcetype=y',
    'word',
    'a=x OR b=1',
    '| makeresults',
    'ip=10.0.0.0/8',
    'a=null',
  ])('%s has none', text => {
    expect(read(text).prefilter).toBeUndefined()
  })
  test('lets everything through that the search does', async () => {
    const value = fc.constantFrom(
      'x',
      'X',
      'y',
      '',
      1,
      '1',
      true,
      null,
      ['x', 'z'],
      { b: 'x' },
      { b: ['x'] },
      'x y',
    )
    const event = fc.record({ a: value, 'a.b': value, c: value }, { requiredKeys: [] })
    const term = fc
      .tuple(
        fc.constantFrom('a', 'a.b', 'c', 'a{}'),
        fc.constantFrom('=x', '="X y"', '=*', '=x*', '=true', '=null', '!=x', ' IN (x, y)'),
      )
      .map(parts => parts.join(''))
    const search = fc
      .array(fc.tuple(term, fc.constantFrom(' ', ' OR ')), { minLength: 1, maxLength: 4 })
      .map(parts => parts.flat().slice(0, -1).join(''))
    await fc.assert(
      fc.asyncProperty(search, fc.array(event, { minLength: 3, maxLength: 8 }), async (text, events) => {
        const parsed = read(`${text} | table id`)
        const numbered = events.map((one, id): JsonObject => ({ ...one, id }))
        const { rows } = await bench.run(parsed, 'splunk', numbered)
        const through = parsed.prefilter === undefined ? numbered : numbered.filter(compile(parsed.prefilter))
        const kept = new Set(through.map(one => String(one['id'])))
        expect(rows.map(row => String(row['id'])).filter(id => !kept.has(id))).toEqual([])
      }),
      { numRuns: Number(process.env['RUNS'] ?? 25) },
    )
  })
})
