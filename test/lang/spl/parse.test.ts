import { describe, expect, test } from 'vitest'
import { parseSpl } from '../../../src/lang/spl/parse.ts'
import { printSpl } from '../../../src/lang/spl/print.ts'

function reads(text: string): string {
  const { search, problems } = parseSpl(text)
  return [
    printSpl(search).replace(/^search /, ''),
    ...problems.map(({ code, message }) => `${code}: ${message}`),
  ].join('\n')
}

/** The condition in full parentheses. */
function grouped(text: string): string {
  const show = (term: unknown): string => {
    const { kind, of } = term as { kind: string; of?: unknown }
    if (kind === 'not') return `(not ${show(of)})`
    return Array.isArray(of) ? `(${of.map(show).join(` ${kind} `)})` : leaf(term)
  }
  const leaf = (term: unknown): string => {
    const { field, op, value, text: word } = term as Record<string, unknown>
    return field === undefined ? String(word) : `${(field as { name: string }).name}${op}${value}`
  }
  const stage = parseSpl(text).search.stages[0]
  return stage?.kind === 'search' && stage.term !== undefined ? show(stage.term) : '-'
}

describe('conditions of search', () => {
  test.each([
    ['a=1 OR b=2 c=3', '((a=1 or b=2) and c=3)'],
    ['a=1 AND b=2 OR c=3', '(a=1 and (b=2 or c=3))'],
    ['NOT a=1 OR b=2', '((not a=1) or b=2)'],
    ['NOT (a=1 b=2)', '(not (a=1 and b=2))'],
    ['a=1 or b=2', '(a=1 and or and b=2)'],
    ['a = "x y"  b!=  z', '(a=x y and b!=z)'],
    ['"a.b"=x', 'a.b=x'],
    ['userAgent !=console.amazonaws.com', 'userAgent!=console.amazonaws.com'],
    ['k.io/last-applied=*\\"p\\":true*', 'k.io/last-applied=*"p":true*'],
    ['a="C:\\\\x" b="\\d"', '(a=C:\\x and b=\\d)'],
    ['n > 0 s<=5', '(n>0 and s<=5)'],
    ['a=1, b=2', '(a=1 and b=2)'],
  ])('%s', (text, expected) => {
    expect(grouped(text)).toBe(expected)
  })
  test.each([
    ['a IN(x,"y z", w*) NOT b IN ("", null)', 'a IN (x, "y z", w*) NOT b IN ("", null)'],
    ['"a{}" IN ("x")', 'a{} IN (x)'],
    ['TERM(10.0.0.1) CASE(Ab) earliest=-1h@h', 'TERM("10.0.0.1") CASE("Ab") earliest=-1h@h'],
    ['x [search y=1 | fields z]', 'x [search y=1 | fields z]'],
    ['x [inputlookup t]', 'x [| inputlookup t]'],
  ])('%s', (text, expected) => {
    expect(reads(text)).toBe(expected)
  })
})

describe('stages', () => {
  test.each([
    ['| search search *', 'search *'],
    ['a | where x="p|q" and not y = 1', 'a | where x = "p|q" AND (NOT y = 1)'],
    ['a | eval in:out=1, b = a.c', 'a | eval in:out=1, b=a . c'],
    [
      'a | stats values(x) as y, count min(_time) as t, by z',
      'a | stats values(x) as y count min(_time) as t by z',
    ],
    ['a | bucket span=10m _time', 'a | bin span=10m _time'],
    ['a | rex field="b" "sts:*:(?<x>\\d+)"', 'a | rex field=b "sts:*:(?<x>\\\\d+)"'],
    ['a | sort - x', 'a | sort -x'],
    ['a ```note``` | head 5', 'a | head 5'],
  ])('%s', (text, expected) => {
    expect(reads(text)).toBe(expected)
  })
  test('a command that is not known costs only itself', () => {
    const { search, problems } = parseSpl('a=1 | statts count | where b=2')
    expect(search.stages.map(({ kind }) => kind)).toEqual(['search', 'unknown', 'where'])
    expect(problems.map(({ at }) => [at?.start, at?.end])).toEqual([[6, 12]])
  })
  test('every mistake is told, each with its place', () => {
    const { problems } = parseSpl('a= | where | stats by x | head limt=3\n| eval b=c{}.d')
    expect(problems.map(({ code, at }) => `${code} ${at?.line}:${at?.column}`)).toEqual([
      'spl/syntax 1:3',
      'spl/syntax 1:11',
      'spl/syntax 1:20',
      'spl/unknown-option 1:32',
      'spl/field-quotes 2:10',
    ])
  })
  test.each([
    ['a="b', 'spl/unclosed-quote'],
    ['a [search b', 'spl/unclosed-bracket'],
    ['a | | b', 'spl/no-command'],
    ['(a', 'spl/syntax'],
    ['a | head limit=x', 'spl/option-value'],
    ['a | rename x.* as y', 'spl/wildcards'],
    [`${'('.repeat(200)}a`, 'spl/nesting'],
    [`${'x[search '.repeat(20)}a${']'.repeat(20)}`, 'spl/nesting'],
    [`a${'|head'.repeat(1200)}`, 'spl/stages'],
    ['a'.repeat(300_000), 'spl/length'],
  ])('%#: refused with a reason', (text, code) => {
    expect(parseSpl(text).problems.map(problem => problem.code)).toContain(code)
  })
})
