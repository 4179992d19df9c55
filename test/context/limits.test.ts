import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { decoded } from '../../src/context/folder.ts'
import { limits } from '../../src/context/limits.ts'
import { loadContext } from '../../src/context/load.ts'

function load(file: string, text: string) {
  const { context, problems } = loadContext([{ file, text }], { asOf: Date.UTC(2024, 5, 1) })
  const table = context.tables.get(file.replace(/\..*/, ''))
  return {
    rows: table?.rows.length ?? 0,
    refused: table?.refused ?? 0,
    codes: [...new Set(problems.flatMap(said => said.problems.map(({ code }) => code)))],
    problems: problems.flatMap(said => said.problems),
  }
}

test('rows whose shape is wrong count as refused', () => {
  expect(load('regions.yaml', '- name: eu-west-1\n- just text\n- name: {a: b}\n')).toMatchObject({
    rows: 1,
    refused: 2,
  })
})

test('lines that end as in Windows, and empty ones, move no place', () => {
  const { problems } = load('regions.csv', '\ufeffname,accounts\r\n\r\n\r\neu-west-1,12345\r\n')
  expect(problems).toMatchObject([{ code: 'context/account', at: { line: 4, column: 11 } }])
})

test.each([
  ['UTF-8', Buffer.from('\ufeffä', 'utf8')],
  ['UTF-16 little endian', Buffer.from('\ufeffä', 'utf16le')],
  ['UTF-16 big endian', Buffer.from('\ufeffä', 'utf16le').swap16()],
  ['gzip', gzipSync('ä')],
  ['UTF-8 without a mark', Buffer.from('ä', 'utf8')],
])('%s is read', (_, bytes) => {
  expect(decoded(bytes)).toBe('ä')
})

test('what unpacks to too much is not unpacked', () => {
  expect(() => decoded(gzipSync(Buffer.alloc(limits.imported + 1), { level: 1 }))).toThrow(RangeError)
})

test('a file that is too large is refused', () => {
  const text = '- name: eu-west-1\n'.padEnd(limits.yaml + 1, '#')
  expect(load('regions.yaml', text)).toMatchObject({ rows: 0, codes: ['context/file-size'] })
})

test('maps and aliases that nest do no harm', () => {
  const deep = `- name: ${'['.repeat(20_000)}`
  expect(load('regions.yaml', deep)).toMatchObject({ rows: 0 })
  const laughs = `- &a {name: [x, x]}\n- &b [*a, *a]\n- [*b, *b]\n- name: eu-west-1\n`
  expect(load('regions.yaml', laughs).rows).toBe(1)
})

test('values, lists and rows that are too large are refused, and told in bounds', () => {
  const wide = `- name: ${'a'.repeat(limits.cell + 1)}\n- name: eu-west-1\n`
  expect(load('regions.yaml', wide)).toMatchObject({ rows: 1, codes: ['context/cell-size'] })
  const long = `- name: eu-west-1\n  accounts: ${'111122223333;'.repeat(limits.values + 1)}\n`
  expect(load('regions.yaml', long.slice(0, -2)).codes).toEqual(['context/values'])
  const many = load('accounts.csv', `id\n${'x\n'.repeat(300)}`)
  expect(many.problems.length).toBe(limits.problems + 1)
  expect(many.problems.at(-1)?.message).toBe('there are 200 more problems')
})

test('names of columns may be anything', () => {
  const text =
    '- name: eu-west-1\n  __proto__: x\n- name: eu-west-2\n  constructor: x\n- name: eu-west-3\n  x___proto__: x\n'
  expect(load('regions.yaml', text)).toMatchObject({ rows: 1, codes: ['context/unknown-column'] })
})

test('a table of CSV that breaks off keeps the rows before', () => {
  const { rows, codes } = load('regions.csv', 'name,provider\neu-west-1,aws\n"eu-west-2,aws\n')
  expect([rows, codes]).toEqual([1, ['context/csv']])
})

test('YAML that is not a table of this form is refused with its place', () => {
  const { problems } = load('regions.yaml', 'a: 1\n---\nb: 2\n')
  expect(problems[0]?.code).toBe('context/yaml')
  expect(problems[0]?.at?.line).toBe(2)
})
