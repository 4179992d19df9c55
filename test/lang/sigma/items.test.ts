import { describe, expect, test } from 'vitest'
import { item, itemRule, problems } from './documents.ts'

describe('values', () => {
  test.each([
    ["a: 'x'", 'a = "x"'],
    ["a: ''", 'a = ""'],
    ["a: 'x*y?z'", 'a = "x" * "y" ? "z"'],
    ["a: '**'", 'a = *'],
    ["a: 'x\\*'", 'a = "x*"'],
    ["a: 'x\\?'", 'a = "x?"'],
    ["a: 'x\\\\*'", 'a = "x\\\\" *'],
    ["a: 'x\\\\\\*'", 'a = "x\\\\*"'],
    ["a: '\\\\\\'", 'a = "\\\\\\\\"'],
    ["a: 'x\\'", 'a = "x\\\\"'],
    ["a: 'C:\\w'", 'a = "C:\\\\w"'],
    ['a: 5', 'a = number 5 or text "5"'],
    ['a: -1.50', 'a = number -1.5 or text "-1.50"'],
    ['a: 0x1f', 'a = number 31 or text "0x1f"'],
    ['a: +5', 'a = number 5 or text "+5"'],
    ['a: 9007199254740993', 'a = number 9007199254740992 or text "9007199254740993"'],
    ['a: 00000429', 'a = "00000429"'],
    ['a: 0', 'a = number 0 or text "0"'],
    ['a: .inf', 'a = ".inf"'],
    ['a: 2026-01-02', 'a = "2026-01-02"'],
    ['a: yes', 'a = "yes"'],
    ['a: true', 'a = boolean true'],
    ['a: null', 'a is missing or null'],
    ['a:', 'a is missing or null'],
    ['a: []', 'a is missing or null'],
    ['a: [x, null]', 'or\n  a = "x"\n  a is missing or null'],
    ['Event Name: x', 'EventName = "x"'],
    ['__proto__: x', '__proto__ = "x"'],
    ["'*': x", '"*" = "x"'],
  ])('%s', (text, expected) => expect(item(text)).toBe(expected))
})

describe('modifiers', () => {
  test.each([
    ['a|contains: x', 'a = * "x" *'],
    ["a|contains: '*x'", 'a = * "x" *'],
    ["a|contains: '*'", 'a = *'],
    ["a|contains: ''", 'a = *'],
    ["a|contains: 'x\\'", 'a = * "x\\\\" *'],
    ['a|startswith: x', 'a = "x" *'],
    ['a|endswith: x', 'a = * "x"'],
    ['a|endswith: 5', 'a = * "5"'],
    ['a|contains: true', 'a = * "true" *'],
    ['a|contains|all: [x, y]', 'and\n  a = * "x" *\n  a = * "y" *'],
    ['a|cased: X', 'a = "X", case-sensitive'],
    ['a|contains|cased: X', 'a = * "X" *, case-sensitive'],
    ['a|neq: [x, y]', 'not\n  or\n    a = "x"\n    a = "y"'],
    ["a|re: '^b.d$'", 'a ~ "^b.d$"'],
    ['a|re|i: b', 'a ~ "b" i'],
    ['a|re|i|m|s: b', 'a ~ "b" ims'],
    ['a|re|ignorecase|dotall: b', 'a ~ "b" is'],
    ["a|re: '(?im)b'", 'a ~ "b" im'],
    ["a|re: '(?i:b)c'", 'a ~ "(?i:b)c"'],
    ['a|cidr: 192.0.2.0/24', 'a in network 192.0.2.0/24'],
    ["a|cidr: '2001:db8::/32'", 'a in network 2001:db8::/32'],
    ['a|exists: true', 'a exists'],
    ['a|exists: false', 'not\n  a exists'],
    ['a|gt: 5', 'a > 5'],
    ["a|lte: '5.5'", 'a <= 5.5'],
    ['a|lt: [1, 2]', 'or\n  a < 1\n  a < 2'],
    ['a|hour: 3', 'hour of a == 3'],
    ['a|hour|gte: 22', 'hour of a >= 22'],
    ['a|gte|week: 5', 'week of a >= 5'],
    ['a|hour: 08', 'hour of a == 8'],
    ['a|fieldref: b', 'a = field b'],
    ['a|fieldref|endswith: b.c', 'a ends with field b.c'],
    ['a|startswith|fieldref: b', 'a starts with field b'],
    ['a|fieldref|neq: b', 'not\n  a = field b'],
    ['a|base64: foobar', 'a = "Zm9vYmFy"'],
    ["a|base64: 'x\\*'", 'a = "eCo="'],
    ["a|base64: 'ü'", 'a = "w7w="'],
    ['a|base64offset|contains: foobar', 'or\n  a = * "Zm9vYmFy" *\n  a = * "Zvb2Jhc" *\n  a = * "mb29iYX" *'],
    ['a|wide|base64: cmd', 'a = "YwBtAGQA"'],
    ['a|utf16le|base64: cmd', 'a = "YwBtAGQA"'],
    ['a|utf16be|base64: cmd', 'a = "AGMAbQBk"'],
    ['a|utf16|base64: cmd', 'a = "//5jAG0AZAA="'],
    ['a|wide: ab', 'a = "a\\u0000b\\u0000"'],
    ["a|windash: '-f'", 'or\n  a = "-f"\n  a = "/f"\n  a = "–f"\n  a = "—f"\n  a = "―f"'],
    ["a|windash: 'a-b'", 'a = "a-b"'],
  ])('%s', (text, expected) => expect(item(text)).toBe(expected))

  test('windash multiplies, and all still asks for one variant of each value', () => {
    expect(item("a|contains|all|windash: ['x -a', y]")).toMatchInlineSnapshot(`
      "and
        or
          a = * "x -a" *
          a = * "x /a" *
          a = * "x –a" *
          a = * "x —a" *
          a = * "x ―a" *
        a = * "y" *"
    `)
    expect(item("a|windash: '-a /b'").split('\n')).toHaveLength(26)
  })

  test('placeholders are filled before anything else', () => {
    const values = { who: ['ana', 'b*'], net: ['192.0.2.0/24'] }
    expect(item("a|contains|expand: '%who%\\%'", values)).toBe('or\n  a = * "ana%" *\n  a = * "b" * "%" *')
    expect(item("a|cidr|expand: '%net%'", values)).toBe('a in network 192.0.2.0/24')
    expect(item("a|expand|re: '^%who%$'", values)).toBe('or\n  a ~ "^ana$"\n  a ~ "^b*$"')
    expect(item("a|expand: '%who%-%who%'", values).split('\n')).toHaveLength(5)
    expect(item("a|expand: 'none'")).toBe('a = "none"')
  })

  test('without a field name they make keywords', () => {
    expect(item("'|all': [x, 'y*z']")).toBe('and\n  any value contains "x"\n  any value contains "y" * "z"')
    expect(item("'|contains': 5")).toBe('any value contains "5"')
    expect(item("'|base64offset': foobar")).toContain('any value contains "Zm9vYmFy"')
    expect(item("'|re|i': '^x'")).toBe('any value ~ "^x" i')
    expect(item("'': x")).toBe('any value contains "x"')
    expect(item("'|cased|neq': x")).toBe('not\n  any value contains "x", case-sensitive')
  })
})

test('a field keeps its place', () => {
  expect(problems(itemRule('a|nope: 1'))).toContain('rule.yml:7:5')
})

describe('what changes nothing is warned of', () => {
  test.each(['a|contains|all: x', "a|re|contains: 'x'", "'|startswith': x"])('%s', text => {
    expect(problems(itemRule(text))).toContain('warning[sigma/idle-modifier]')
  })
})
