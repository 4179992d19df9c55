import { expect, test } from 'vitest'
import { search } from './queries.ts'

test.each([
  ['AKIA123 | count', [['akia123']]],
  ['"Access Denied" and Get*Object', [['access'], ['object']]],
  ['one or (two three)', [['one', 'two']]],
  // Nothing is certain of these.
  ['* | count', []],
  ['!needle', []],
  ['needle{{x}}', []],
  ['_sourceCategory=prod needle', []],
  ['needle | where [subquery: other | compose n]', []],
  ['needle | queryStartTime() as s', []],
])('%s needs %j', (query, expected) => {
  expect(search(query).words ?? []).toEqual(expected)
})
