import { expect, test } from 'vitest'
import type { JsonObject } from '../../../src/core/json.ts'
import { splSearch } from '../../../src/lang/spl/search.ts'
import { compile } from '../../../src/scan/compile.ts'

function lets(search: string, event: JsonObject): boolean {
  const parsed = splSearch(search, {})
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join('\n'))
  const { prefilter } = parsed.value
  return prefilter === undefined || compile(prefilter)(event)
}

test.each([
  ['eventName=A', 'A', true],
  ['eventName=A', 'B', false],
  ['eventName=A | join user [search eventName=B]', 'B', true],
  ['eventName=A | append [search eventName=B | stats count]', 'C', false],
  ['eventName=A | append [search user=ann]', 'C', true],
  ['eventName=A | join user [| inputlookup seen]', 'C', false],
])('%s is told of %s: %s', (search, eventName, expected) => {
  expect(lets(search, { eventName })).toBe(expected)
})
