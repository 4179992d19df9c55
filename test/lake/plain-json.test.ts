import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PlainJson } from '../../src/lake/plain-json.ts'

const RUNS = Number(process.env['RUNS'] ?? 2000)

const plain = new PlainJson()

function read(text: string): string | undefined {
  const printed = plain.read(Buffer.from(text, 'latin1'))
  return printed === undefined ? undefined : Buffer.from(printed).toString('latin1')
}

const numbers = fc.oneof(
  fc.constantFrom('0', '-0', '5', '-5', '243.0', '0.0', '-0.0', '1.50', '91.5', '0.5', '0.05', '0.0000001'),
  fc.constantFrom(
    '1e5',
    '1E5',
    '1.0e5',
    '1.5e-7',
    '100000000000000000000000',
    '999999999999999',
    '9007199254740993',
  ),
  fc.constantFrom('123456789.123456', '123456789.1234567', '10.00', '-7.25', '-7.0'),
)
const texts = fc.oneof(
  fc.constantFrom(
    '"a"',
    '""',
    '"a\\"b"',
    '"\\\\"',
    '"\\\\\\""',
    '"\\n"',
    '"\\/"',
    '"\\u0041"',
    '": {[,"',
    '"1.0"',
  ),
  fc.string({ maxLength: 5, unit: 'grapheme-ascii' }).map(text => JSON.stringify(text)),
)
const { value } = fc.letrec<{ value: string }>(tie => ({
  value: fc.oneof(
    { depthSize: 'small' },
    numbers,
    texts,
    fc.constantFrom('true', 'false', 'null', '{}', '[]', '[ ]', ' 1'),
    fc.array(tie('value'), { maxLength: 3 }).map(all => `[${all.join(',')}]`),
    members(tie('value')),
  ),
}))

function members(values: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const keys = fc.constantFrom('a', 'b', 'ab', 'a.b', '__proto__', 'k\\"', '')
  const some = fc.uniqueArray(fc.tuple(keys, values), { maxLength: 4, selector: ([key]) => key })
  return some.map(all => `{${all.map(([key, one]) => `"${key}":${one}`).join(',')}}`)
}

test('what is read without parsing is what printing gives', () => {
  fc.assert(
    fc.property(members(value), text => {
      const printed = read(text)
      if (printed !== undefined) expect(printed).toBe(JSON.stringify(JSON.parse(text)))
    }),
    { numRuns: RUNS },
  )
})

test('containers are cut out by their keys', () => {
  fc.assert(
    fc.property(members(value), text => {
      if (read(text) === undefined) return
      const record = JSON.parse(text) as { readonly [key: string]: unknown }
      for (const key of ['a', 'b', 'ab', 'a.b', 'c']) {
        const found = plain.container(Buffer.from(key))
        const expected = Object.hasOwn(record, key) ? record[key] : undefined
        const container = typeof expected === 'object' && expected !== null
        expect(found === undefined ? undefined : Buffer.from(found).toString()).toBe(
          container ? JSON.stringify(expected) : undefined,
        )
      }
    }),
    { numRuns: RUNS },
  )
})

test.each([
  ['{"a":243.0,"b":[1.00,"2.0"]}', '{"a":243,"b":[1,"2.0"]}'],
  ['{"a":"say \\"no\\"","b":{"c":null}}', '{"a":"say \\"no\\"","b":{"c":null}}'],
  ['{"a": 1}', undefined],
  ['{"a":1e5}', undefined],
  ['{"a":"\\u0041"}', undefined],
])('%s is printed as %s', (text, printed) => {
  expect(read(text)).toBe(printed)
})

test('equal keys are counted as often as they come', () => {
  plain.read(Buffer.from('{"a":1,"a":{"b":2,"b":3}}'))
  expect(plain.members).toBe(4)
})
