import { expect, test } from 'vitest'
import { splSearch } from '../../../src/lang/spl/search.ts'

test.each([
  ['AKIA123 | stats count', [['akia123']]],
  ['"Access Denied" GetObject', [['access'], ['getobject']]],
  ['foo* *bar CASE(Mixed) TERM(1.2.3.abc)', [['foo'], ['bar'], ['mixed'], ['abc']]],
  ['one OR (two three)', [['one', 'two']]],
  ['index=x sourcetype=y needle', [['needle']]],
  ['needle | append [| makeresults]', [['needle']]],
  // Nothing is certain of these.
  ['one OR eventName=x', []],
  ['NOT needle', []],
  ['12345 1e9 infinit* ab', []],
  ['needle | append [search other]', []],
  ['needle host=web*', []],
  ['needle | map search="search $x$"', []],
  ['| makeresults | eval a="needle"', []],
])('%s needs %j', (text, expected) => {
  const search = splSearch(text)
  expect(search.ok && (search.value.words ?? [])).toEqual(expected)
})
