import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { JsonObject } from '../../src/core/json.ts'
import { FieldNames } from '../../src/lake/field-names.ts'
import { NamedRecord } from '../../src/lake/named-record.ts'
import { OwnCells } from '../../src/lake/own-cells.ts'
import { PlainEvent } from '../../src/lake/plain-event.ts'
import { PrintedEvent } from '../../src/lake/printed-event.ts'
import { columns } from '../../src/lake/tables/table.ts'

const RUNS = Number(process.env['RUNS'] ?? 200)

const table = { source: 'test', promoted: columns('a', 'b.a', 'k'), parts: columns('b', 'ab') }

/** Reads an event as if others like it had come before. */
function read(text: string, before: readonly string[] = [text]): PlainEvent | undefined {
  const names = new FieldNames(table)
  for (const one of before) names.add(JSON.parse(one) as JsonObject)
  const plain = new PlainEvent(names)
  // Twice: the second time it knows which field follows which.
  for (const one of [...before, text]) {
    const bytes = Buffer.from(`${one},`)
    const end = plain.read(bytes, 0)
    if (one === text && end !== bytes.length - 1) return undefined
  }
  return plain
}

function written(write: (target: Buffer, at: number) => number): string {
  const room = Buffer.alloc(10_000)
  return room.toString('utf8', 0, write(room, 0))
}

function raw(text: string, before?: readonly string[]): string | undefined {
  const plain = read(text, before)
  return plain && written((target, at) => plain.writeRaw(target, at))
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
      const printed = raw(text)
      if (printed !== undefined) expect(printed).toBe(JSON.stringify(JSON.parse(text)))
    }),
    { numRuns: RUNS },
  )
})

test('the cells of what is read without parsing are those of the parsed event', () => {
  fc.assert(
    fc.property(members(value), text => {
      const plain = read(text)
      if (plain === undefined) return
      const record = JSON.parse(text) as JsonObject
      const cells = new OwnCells(table)
      cells.read(record)
      const lines = [plain, new PrintedEvent(record, cells)].map(body =>
        written((target, at) => body.writeCells(target, at)),
      )
      expect(lines[0]).toBe(lines[1])
      expect(plain.isRegular).toBe(cells.exceptions === undefined)
    }),
    { numRuns: RUNS },
  )
})

test('members are read by name as parsing has them', () => {
  fc.assert(
    fc.property(members(value), members(value), (text, other) => {
      const names = new FieldNames(table)
      for (const one of [text, other]) names.add(JSON.parse(one) as JsonObject)
      const plain = new PlainEvent(names)
      const { learn, record } = named(plain, names)
      for (const one of [text, other, text]) {
        if (plain.read(Buffer.from(one), 0) < 0) continue
        learn()
        const parsed = JSON.parse(one) as JsonObject
        for (const name of ['a', 'b', 'ab', 'a.b', '__proto__', 'k"', '', 'toString'])
          expect(record[name]).toStrictEqual(Object.hasOwn(parsed, name) ? parsed[name] : undefined)
      }
    }),
    { numRuns: RUNS },
  )
})

test('a text that is no JSON is not read', () => {
  const bytes = fc.constantFrom(...'{}[]:,"\\ 01.-eE+tfn\u0001'.split(''))
  const damaged = fc.tuple(members(value), fc.nat(), bytes, fc.boolean())
  fc.assert(
    fc.property(damaged, ([text, where, byte, instead]) => {
      const at = where % (text.length + 1)
      const changed = text.slice(0, at) + byte + text.slice(instead ? at + 1 : at)
      const printed = raw(changed, [text])
      if (printed !== undefined) expect(printed).toBe(JSON.stringify(JSON.parse(changed)))
    }),
    { numRuns: RUNS },
  )
})

function named(plain: PlainEvent, names: FieldNames): { readonly record: JsonObject; learn(): void } {
  const made = new NamedRecord(plain)
  return { record: made.record, learn: () => void made.learn(names.root.below) }
}

test.each([
  ['{"a":243.0,"ab":[1.00,"2.0"]}', '{"a":243,"ab":[1,"2.0"]}'],
  ['{"b":[{"a":1}]}', undefined],
  ['{"a":"say \\"no\\"","b":{"c":null}}', '{"a":"say \\"no\\"","b":{"c":null}}'],
  ['{"a": 1}', undefined],
  ['{"a":1e5}', undefined],
  ['{"a":"\\u0041"}', undefined],
])('%s is printed as %s', (text, printed) => {
  expect(raw(text)).toBe(printed)
})

test.each([
  ['{"a":1,"a":2}', ['{"a":1}']],
  ['{"a":1,"b":2}', ['{"a":1}']],
  ['{"a":null}', ['{"a":1}']],
  ['{"a":0.5}', ['{"a":1}']],
  ['{"0":1}', ['{"0":1}']],
  ['{"\u00e9":1}', ['{"\u00e9":1}']],
  ['{"a":"\u00e9"}', ['{"a":"e"}']],
  ['{"a":[[1]]}', ['{"a":[[1]]}']],
])('%s is left to the parser after %s', (text, before) => {
  expect(raw(text, before)).toBeUndefined()
})
