import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { JsonObject } from '../../src/core/json.ts'
import { splunkFields } from '../../src/sources/fields/splunk.ts'
import { sumoFields } from '../../src/sources/fields/sumo.ts'
import { wanted } from '../../src/sources/fields/wanted.ts'

const key = fc.constantFrom('a', 'A', 'b', 'a.b', 'b{}', '__proto__')
const { record } = fc.letrec<{ record: JsonObject; value: never }>(tie => ({
  record: fc.dictionary(key, tie('value'), { maxKeys: 4 }) as fc.Arbitrary<JsonObject>,
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(null, 1, 'x', true),
    tie('record'),
    fc.array(tie('value'), { maxLength: 3 }),
  ) as fc.Arbitrary<never>,
}))
const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'a.b', 'a{}', 'a{}.b', 'b{}', 'a.b.a', 'A', 'A.b{}.a'))

test('reading only what is wanted gives what is wanted', () => {
  fc.assert(
    fc.property(record, names, (event, some) => {
      const only = splunkFields(event, wanted(some))
      const all = splunkFields(event)
      for (const name of some) expect(only.get(name)).toEqual(all.get(name))
    }),
  )
})

test('whatever their case, in Sumo Logic', () => {
  fc.assert(
    fc.property(record, names, (event, some) => {
      const lower = new Set(some.map(name => name.toLowerCase()))
      const chosen = (fields: ReadonlyMap<string, unknown>) =>
        [...fields].filter(([name]) => lower.has(name.toLowerCase()))
      expect(chosen(sumoFields(event, wanted(lower)))).toEqual(chosen(sumoFields(event)))
    }),
  )
})
