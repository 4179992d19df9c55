import { expect, test } from 'vitest'
import type { Json } from '../../src/core/json.ts'
import { RuleIndex } from '../../src/scan/rule-index.ts'
import { loadText } from '../plain/load.ts'

const RULE = `title: t
logsource: {product: aws}
detection: {sel: {request.name|contains: secret}, condition: sel}`

test('an event that is nested too deeply fails alone, and is not learned from', () => {
  const index = new RuleIndex(loadText(RULE, 'rule.yml').rules)
  let deep: Json = []
  for (let level = 0; level < 200_000; level++) deep = [deep]
  expect(() => index.matches({ request: deep }, '')).toThrow(RangeError)
  const found = Array.from({ length: 600 }, (_, at) =>
    index.matches({ request: { name: `secret ${at}` } }, ''),
  )
  expect(found.filter(rules => rules.length === 1)).toHaveLength(600)
})
