import { expect, test } from 'vitest'
import { print } from '../../../src/plan/print.ts'
import { search } from './queries.ts'

const FILTERS: readonly (readonly [string, string | undefined])[] = [
  ['* | where eventName = "GetObject"', 'eventName = "GetObject"'],
  ['x | where a.b in ("p", "q") and c matches "*r*"', 'a.b = "p" a.b = "q" c = * "r" *'],
  ['* | json "eventName" as name | where name = "GetObject"', 'eventName = "GetObject"'],
  ['* | json "a" as n nodrop | json "b" as n nodrop | where n = "x"', undefined],
  ['* | parse "a=*" as n | where n = "x"', undefined],
  ['* | where n = "x" or m > 5', undefined],
  ['* | where !(n = "x")', undefined],
  ['* | where n = "5"', undefined],
  ['* | limit 5 | where n = "x"', undefined],
  ['* | timeslice 10 buckets | where n = "x"', undefined],
  ['* | count by n | where n = "x"', undefined],
  ['* | where n = "x" | where [subquery: * | compose n]', undefined],
  ['* | where n = "x" | queryStartTime() as s', undefined],
  ['* | where n = "x" | transaction on a fringe=5m with "*" as b', undefined],
  ['_sourceCategory=prod | where n = "x"', undefined],
  ['_sourceCategory={{source}} | where n = "x"', 'n = "x"'],
]

test.each(FILTERS)('%s', (query, wanted) => {
  const { prefilter } = search(query)
  const tests = prefilter === undefined ? undefined : print(prefilter).split('\n')
  const values = tests?.map(line => line.trim()).filter(line => line.includes('='))
  expect(values?.join(' ')).toBe(wanted)
  expect(tests?.some(line => line.includes('is missing or null'))).toBe(
    wanted === undefined ? undefined : true,
  )
})
