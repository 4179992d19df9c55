import fc from 'fast-check'
import { RE2JS } from 're2js'
import { describe, expect, test } from 'vitest'
import { checkRegex, compileRegex, regex } from '../../src/plan/regex.ts'
import { requiredText } from '../../src/plan/regex-literal.ts'

describe('check', () => {
  test.each([
    ['^a.*(b|c)[^d]{2,3}?\\d$', undefined],
    ['(?i)x', undefined],
    ['(', 'missing closing ): `(`'],
    ['x(?=y)', 'it looks around (lookahead or lookbehind)'],
    ['(?<!x)y', 'it looks around (lookahead or lookbehind)'],
    ['(x)\\1', 'it refers back to a group'],
    ['(x{1000}){1000}', 'it is too large'],
    ['(a?){900}a{900}[!?]', 'it is too large'],
    ['(a?){299}a{299}[!?]', undefined],
    [Array.from({ length: 400 }, (_, at) => `word${at}`).join('|'), undefined],
    ['x'.repeat(5000), 'it is longer than 4096 characters'],
  ])('%s', (source, reason) => expect(checkRegex(source)).toBe(reason))
})

describe('compile', () => {
  test.each([
    ['b.d', {}, 'abcde', true],
    ['B.d', {}, 'abcde', false],
    ['B.d', { caseless: true }, 'abcde', true],
    ['(?i)B.d', {}, 'abcde', true],
    ['^b$', {}, 'a\nb', false],
    ['^b$', { multiline: true }, 'a\nb', true],
    ['a.b', {}, 'a\nb', false],
    ['a.b', { dotall: true }, 'a\nb', true],
    ['^ab$', {}, 'ab', true],
    ['^ab$', {}, 'ab\n', false],
    ['a\\.b', {}, 'a.b', true],
    ['(?i)s3', {}, '\u017f3', true],
    ['', {}, '', true],
  ])('%s %o on %j', (source, flags, text, expected) => {
    expect(compileRegex(regex(source, flags))(text)).toBe(expected)
  })
})

describe('a text that every match contains', () => {
  test.each([
    ['abc', 'abc'],
    ['ab?cd', 'cd'],
    ['abc*', 'ab'],
    ['abc+d', 'abc'],
    ['ab{0}cd', 'cd'],
    ['^foo\\.bar.*x$', 'foo.bar'],
    ['foo(bar)baz!', 'baz!'],
    ['foo|bar', undefined],
    ['(foo|bar)', undefined],
    ['[abc]', undefined],
    ['[]ab]c', 'c'],
    ['[[:alpha:]]xy', 'xy'],
    ['\\x41bc', 'bc'],
    ['\\x{41}bc', 'bc'],
    ['\\pLab', 'ab'],
    ['\\Qab\\E', undefined],
    ['a(?i)b', undefined],
    ['(?i:ab)c', 'c'],
    ['a{b', undefined],
  ])('%s', (source, expected) => expect(requiredText(source)).toBe(expected))
})

const PIECES = [
  'a',
  'b',
  's',
  'k',
  'K',
  '.',
  '\\.',
  '\\d',
  '[ab]',
  '[^a]',
  '[]a]',
  '(ab)',
  '(?:a|k)',
  '(?i:s)',
  '^',
  '$',
]
const MORE = [
  '\\b',
  '|',
  '\\x61',
  '\\pL',
  '\\Qa.b\\E',
  '(?P<n>s)',
  'é',
  '\\A',
  '\\z',
  '{',
  'a{2}',
  '-',
  '(?i)',
  '.*',
]
const REPEATS = ['', '', '*', '+', '?', '{0}', '{0,2}', '{2}', '{1,}', '*?', '+?']
const SIGNS = ['a', 'b', 's', 'k', 'K', 'S', '\u212a', '\u017f', '.', '1', '\n', 'é', 'A', '-', '{']

test('the short ways give what the automaton gives', () => {
  const piece = fc.tuple(fc.constantFrom(...PIECES, ...MORE), fc.constantFrom(...REPEATS))
  const source = fc.array(piece, { maxLength: 6 }).map(pieces => pieces.flat().join(''))
  const flags = fc.record({ caseless: fc.boolean(), multiline: fc.boolean(), dotall: fc.boolean() })
  const text = fc.array(fc.constantFrom(...SIGNS), { maxLength: 9 }).map(signs => signs.join(''))
  fc.assert(
    fc.property(source, flags, fc.array(text, { minLength: 8, maxLength: 8 }), (pattern, set, texts) => {
      if (checkRegex(pattern) !== undefined) return
      const prefix = `${set.caseless ? '(?i)' : ''}${set.multiline ? '(?m)' : ''}${set.dotall ? '(?s)' : ''}`
      const plain = RE2JS.compile(prefix + pattern)
      const quick = compileRegex({ source: pattern, ...set })
      expect(texts.map(quick)).toEqual(texts.map(one => plain.test(one)))
    }),
    { numRuns: Number(process.env['RUNS'] ?? 1000) },
  )
})

test.each(['(a+)+$', '(a|aa)+$', '(.*a){12}$', '(?i)(x+x+)+y'])(
  '%s takes time in proportion to the text',
  source => {
    const search = compileRegex(regex(source))
    const started = performance.now()
    search(`${'a'.repeat(200_000)}!`)
    search(`${'x'.repeat(200_000)}!`)
    expect(performance.now() - started).toBeLessThan(5000)
  },
)
