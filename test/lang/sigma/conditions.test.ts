import { expect, test } from 'vitest'
import { print } from '../../../src/plan/print.ts'
import { problems, rules, ruleWith } from './documents.ts'

const IDENTIFIERS = ['a', 'b', 'c', 'sel_x', 'sel-y', 'notify', '_hidden']
  .map(name => `${name}: {f: 1}`)
  .join('\n')

/** The condition with its identifiers, on one line. */
function shape(condition: string): string {
  const [rule] = rules(ruleWith(`${IDENTIFIERS}\ncondition: ${condition}`))
  if (rule?.kind !== 'detection') return 'refused'
  const leafless = print(rule.where)
    .split('\n')
    .filter(line => !line.includes('number'))
  return leafless
    .map(line => line.replace(/and "([^"]+)"/, '$1'))
    .join(' ')
    .replace(/ +/g, ' ')
}

test.each([
  ['a or b and c', 'or a and b c'],
  ['(a or b) and c', 'and or a b c'],
  ['not a and not b or c', 'or and not a not b c'],
  ['not (a or b)', 'not or a b'],
  ['not not a', 'a'],
  ['notify', 'notify'],
  ['1 of sel*', 'or sel_x sel-y'],
  ['any of sel*', 'or sel_x sel-y'],
  ['all of sel-*', 'sel-y'],
  ['all of *e*_*', 'sel_x'],
  ['1 of a', 'a'],
  ['not 1 of sel* and a', 'and not or sel_x sel-y a'],
  ['all of them', 'and a b c sel_x sel-y notify'],
  ['all of _*', '_hidden'],
  ['[a, b and c]', 'or a and b c'],
  ['((a))', 'a'],
])('%s', (condition, expected) => expect(shape(condition)).toBe(expected))

test('identifiers that nothing uses are warned of', () => {
  const text = ruleWith('sel: {a: 1}\nfilter: {b: 1}\n_note: {c: 1}\ncondition: sel')
  expect(rules(text)).toHaveLength(1)
  expect(problems(text)).toMatchInlineSnapshot(`
    "warning[sigma/unused-identifier]: the condition does not use "filter"
     --> rule.yml:7:3
    7 |   filter: {b: 1}
      |   ^^^^^^"
  `)
})

test('identifiers are maps, lists of maps, keywords or a mixture', () => {
  const shown = (identifier: string) => {
    const [rule] = rules(ruleWith(`${identifier}\ncondition: sel`))
    return rule?.kind === 'detection' ? print(rule.where) : 'refused'
  }
  expect(shown('sel: {a: 1, b: x}')).toMatchInlineSnapshot(`
    "and "sel"
      a = number 1 or text "1"
      b = "x""
  `)
  expect(shown('sel: [{a: 1, b: x}, {c: y}]')).toMatchInlineSnapshot(`
    "or "sel"
      and
        a = number 1 or text "1"
        b = "x"
      c = "y""
  `)
  expect(shown('sel: [evil, 5]')).toMatchInlineSnapshot(`
    "or "sel"
      any value contains "evil"
      any value contains "5""
  `)
  expect(shown('sel: evil')).toMatchInlineSnapshot(`
    "or "sel"
      any value contains "evil""
  `)
  expect(shown('sel: [evil, {a: x}]')).toMatchInlineSnapshot(`
    "or "sel"
      any value contains "evil"
      a = "x""
  `)
})
