import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../src/core/json.ts'
import { field } from '../../src/plan/expr.ts'
import type { Pattern } from '../../src/plan/pattern.ts'
import type { ValueLeaf } from '../../src/plan/value-leaf.ts'
import { rawLiteral } from '../../src/scan/leaf-literal.ts'
import { RuleIndex } from '../../src/scan/rule-index.ts'
import { valueTest } from '../../src/scan/value-test.ts'

describe('a rule may be filed under a text of the raw event', () => {
  it('which is there whenever a value or a container passes', () => {
    const bits = fc.constantFrom(
      'groups/global/AllUsers',
      'arn:aws:iam::1:role/x',
      '1e21',
      '{"',
      '"a":[',
      '\n',
      ' ',
    )
    const text = fc.array(bits, { maxLength: 4 }).map(parts => parts.join(''))
    const scalar = fc.oneof(text, fc.double({ noNaN: true }), fc.boolean(), fc.constant(null))
    const value = fc.oneof(scalar, fc.array(scalar), fc.dictionary(text, scalar))
    fc.assert(
      fc.property(value, fc.nat(40), fc.nat(60), fc.boolean(), (json, from, length, indented) => {
        const whole = typeof json === 'string' ? json : JSON.stringify(json)
        const leaf = contains(whole.slice(from, from + length).toUpperCase())
        const wanted = rawLiteral(leaf)
        if (wanted === undefined || !valueTest(leaf)(json as Json)) return
        expect(JSON.stringify({ it: json }, undefined, indented ? 2 : 0).toLowerCase()).toContain(wanted)
      }),
      { numRuns: Number(process.env['RUNS'] ?? 1000) },
    )
  })

  it('and is found however the event spells that text', () => {
    const index = new RuleIndex([{ where: contains('global/AllUsers') }])
    const other: JsonObject = { it: { uri: 'http://example.com/' } }
    for (let count = 0; count < 300; count++) expect(index.matches(other, JSON.stringify(other))).toEqual([])
    const spellings = [
      '{"it":{"uri":"http://example.com/global/AllUsers"}}',
      '{"it": [ "http:\\/\\/example.com\\/global\\/AllUsers" ]}',
      '{"it":"http://example.com/global\\u002fALLUSERS"}',
    ]
    for (const raw of spellings) {
      const event = JSON.parse(raw) as JsonObject
      expect(index.matches(event, raw)).toEqual([0])
      expect(index.matches(event, raw, Buffer.from(raw))).toEqual([0])
    }
  })
})

function contains(text: string): ValueLeaf {
  const pattern: Pattern = [{ wild: 'any' }, text, { wild: 'any' }]
  return { kind: 'match', of: field('it'), pattern, caseless: true }
}
