import { expect, test } from 'vitest'
import { nearest } from '../../src/core/nearest.ts'
import { printDiagnostic } from '../../src/core/print-diagnostic.ts'

const problem = { code: 'room/what', severity: 'error', message: 'it is wrong' } as const

function at(text: string, part: string) {
  const start = text.indexOf(part)
  const before = text.slice(0, start).split('\n')
  return { start, end: start + part.length, line: before.length, column: (before.at(-1) ?? '').length + 1 }
}

test('place, caret and help', () => {
  const text = 'a: 1\nfield|contain: Stop\nb: 2'
  const shown = printDiagnostic(
    { ...problem, at: at(text, 'field|contain'), help: 'did you mean "contains"?' },
    'r.yml',
    text,
  )
  expect(shown).toMatchInlineSnapshot(`
    "error[room/what]: it is wrong
     --> r.yml:2:1
    2 | field|contain: Stop
      | ^^^^^^^^^^^^^
      = help: did you mean "contains"?"
  `)
})

test('without a place or a text', () => {
  expect(printDiagnostic({ ...problem, help: 'mend it' }, 'r.yml', 'text')).toMatchInlineSnapshot(`
    "error[room/what]: it is wrong
     --> r.yml
      = help: mend it"
  `)
  expect(printDiagnostic({ ...problem, at: at('abc', 'b') }, 'r.yml')).toMatchInlineSnapshot(`
    "error[room/what]: it is wrong
     --> r.yml:1:2"
  `)
})

test('the gutter is as wide as the number', () => {
  const text = `${'\n'.repeat(99)}here`
  expect(printDiagnostic({ ...problem, at: at(text, 'here') }, 'r.yml', text)).toMatchInlineSnapshot(`
    "error[room/what]: it is wrong
       --> r.yml:100:1
    100 | here
        | ^^^^"
  `)
})

test('control characters are seen, and the caret stands right', () => {
  const text = 'a\u001b[31m\tb: 日本 wrong\u202e'
  const shown = printDiagnostic({ ...problem, message: 'x\ny', at: at(text, 'wrong') }, 'r\u0007.yml', text)
  expect(shown).toMatchInlineSnapshot(`
    "error[room/what]: x\\ny
     --> r\\x07.yml:1:14
    1 | a\\x1b[31m\\tb: 日本 wrong\\u202e
      |                    ^^^^^"
  `)
})

test('of a long line the part around the place is shown', () => {
  const text = `${'x'.repeat(5000)}HERE${'y'.repeat(5000)}`
  const lines = printDiagnostic({ ...problem, at: at(text, 'HERE') }, 'r.yml', text).split('\n')
  expect(Math.max(...lines.map(line => line.length))).toBeLessThan(200)
  expect(lines[2]?.indexOf('HERE')).toBe(lines[3]?.indexOf('^'))
})

test('what spans lines is underlined to the end of the first', () => {
  const text = 'ab cd\nef'
  expect(printDiagnostic({ ...problem, at: at(text, 'cd\nef') }, 'r.yml', text)).toContain(
    '  |    ^^\n'.trimEnd(),
  )
})

test.each([
  ['contain', 'contains'],
  ['conatins', 'contains'],
  ['Contains', 'contains'],
  ['startwith', 'startswith'],
  ['xyz', undefined],
  ['', undefined],
])('near to %j', (name, expected) => {
  expect(nearest(name, ['contains', 'startswith', 'endswith', 'exists'])).toBe(expected)
})
