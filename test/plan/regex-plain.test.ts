import fc from 'fast-check'
import { RE2JS } from 're2js'
import { expect, test } from 'vitest'
import { isPlainRegex } from '../../src/plan/regex-plain.ts'
import { programBound } from '../../src/plan/regex-size.ts'

test.each([
  'a.b',
  '^a.*(b|c)[^d]+?\\d$',
  '(?:[0-9]{8}(?:v[0-9]+)?)?',
  'arn:aws[a-z-]*:',
  '\\[("[^"]*",)*',
  '[-/.]',
  "(?i)^x[\\x22']$",
  '',
])('%s is plain', source => expect(isPlainRegex(source)).toBe(true))

test.each([
  '(',
  'a**',
  '[^]',
  '[z-a]',
  'a{3,2}',
  '(a{50}){50}',
  '\\1',
  '(?=a)',
  'a)',
  'a(?i)b',
  '|*',
  '[[:alpha:]]',
  '\\Qa',
])('%s is not', source => expect(isPlainRegex(source)).toBe(false))

const part = fc.constantFrom(
  ...[
    'a',
    'b',
    '-',
    '\\',
    '(',
    ')',
    '(?:',
    '|',
    '[',
    '[^',
    ']',
    '{',
    '}',
    '*',
    '+',
    '?',
    '^',
    '$',
    '.',
    '0-9',
    'a-z',
  ],
  ...[
    '{2}',
    '{2,}',
    '{2,5}',
    '{5,2}',
    '{99}',
    '\\d',
    '\\b',
    '\\.',
    '\\-',
    '\\Q',
    '\\x41',
    '\\x4',
    '(?i)',
    '\\1',
    'é',
    '😀',
    ':',
    ',',
  ],
  ...[
    '[:alpha:]',
    '&&',
    '/',
    '"',
    ' ',
    '\n',
    'z-a',
    '[a',
    'b]',
    '\\]',
    '?i)',
    '_',
    '\\_',
    '\\`',
    '~',
    '[ab]',
    '(a)',
  ],
)

test('what is plain compiles, to hardly more than the bound', () => {
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 8 }), parts => {
      const source = parts.join('')
      if (isPlainRegex(source))
        expect(RE2JS.compile(source).programSize()).toBeLessThan(2 * programBound(source) + 10)
    }),
    { numRuns: Number(process.env['RUNS'] ?? 2000) },
  )
})
