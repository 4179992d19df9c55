import { describe, expect, test } from 'vitest'
import { readMacrosConf } from '../../../src/lang/spl/macros/conf.ts'
import { readMacrosJson } from '../../../src/lang/spl/macros/json.ts'
import type { Macros } from '../../../src/lang/spl/macros/macro.ts'
import { parseSpl } from '../../../src/lang/spl/parse.ts'
import { printSpl } from '../../../src/lang/spl/print.ts'

const CONF = `
# sources
[trail]
definition = sourcetype=aws:cloudtrail
[between(2)]
args = low, high
definition = x>=$low$ x<=$high$
[outer]
definition = \`between(1, 2)\` \\
  y=1
[round]
definition = \`trip\`
[trip]
definition = a=1 \`round\`
[sum(1)]
args = field
definition = "x=".$field$
iseval = 1
[wide]
definition = \`wide_a\` \`wide_a\`
`

const macros = given(CONF)

function given(text: string): Macros {
  const read = readMacrosConf(text)
  return read.ok ? read.value : new Map()
}

function reads(text: string): string {
  const { search, problems } = parseSpl(text, macros)
  return [
    printSpl(search).replace(/^search /, ''),
    ...problems.map(({ code, message }) => `${code}: ${message}`),
  ].join('\n')
}

describe('macros', () => {
  test('stand for their text', () => {
    expect(reads('`trail` a=1')).toBe('sourcetype=aws:cloudtrail a=1')
  })
  test('take arguments and nest', () => {
    expect(reads('`outer`')).toBe('x>=1 x<=2 y=1')
    expect(reads('`between("1", 9)`')).toBe('x>=1 x<=9')
  })
  test('are ordinary text between double quotes', () => {
    expect(reads('a="`trail`"')).toBe('a="`trail`"')
  })
  test('that nobody defined are refused, with the nearest name', () => {
    const { problems } = parseSpl('a=1 | `trial`', macros)
    expect(problems[0]).toMatchObject({ code: 'spl/unknown-macro', help: 'did you mean "trail"?' })
    expect(problems[0]?.at).toMatchObject({ start: 6, end: 13, line: 1, column: 7 })
  })
  test('called with the wrong number of arguments are told so', () => {
    expect(parseSpl('`between(1)`', macros).problems[0]?.help).toContain('between(2)')
  })
  test('that call themselves are refused', () => {
    expect(reads('`round`')).toContain(
      'spl/macro-cycle: the macro "round" calls itself: round calls trip calls round',
    )
  })
  test('that are computed are refused', () => {
    expect(reads('`sum(a)`')).toContain('spl/unsupported-macro')
  })
  test('named as a filter are empty unless given', () => {
    expect(reads('a=1 | `my_detection_filter`')).toBe('a=1 | search *')
    const own = new Map([
      ['my_detection_filter', { arguments: [], definition: 'search b=2', computed: false }],
    ])
    expect(printSpl(parseSpl('a=1 | `my_detection_filter`', own).search)).toBe('search a=1 | search b=2')
  })
  test('of a data model drop its name', () => {
    expect(reads('a=1 | `drop_dm_object_name("All_Changes")`')).toBe('a=1 | rename All_Changes.* as *')
  })
  test('grow only so far', () => {
    const many = new Map(
      Array.from({ length: 30 }, (_, at) => [
        `m${at}`,
        { arguments: [], definition: `\`m${at + 1}\` \`m${at + 1}\``, computed: false },
      ]),
    )
    expect(parseSpl('`m0`', many).problems.some(({ code }) => code === 'spl/macro-size')).toBe(true)
  })
  test('leave places in the text as written', () => {
    const { problems } = parseSpl('`outer` ```why``` x=1\n| wher a=1', macros)
    expect(problems[0]).toMatchObject({ code: 'spl/unknown-command', at: { line: 2, column: 3 } })
    expect(problems[0]?.help).toMatch(/^did you mean "where"\? commands are accum, /)
  })
})

describe('files of macros', () => {
  test('in JSON give texts, or texts with the names of their arguments', () => {
    const read = readMacrosJson(
      '{"about":"x","macros":{"a":"b=1","c(1)":{"definition":"d=$e$","arguments":["e"]}}}',
    )
    expect(read.ok && [...read.value.entries()]).toEqual([
      ['a', { arguments: [], definition: 'b=1', computed: false }],
      ['c(1)', { arguments: ['e'], definition: 'd=$e$', computed: false }],
    ])
  })
  test('that are wrong say why', () => {
    expect(readMacrosJson('[').problems[0]?.code).toBe('spl/macros')
    expect(readMacrosJson('{"a":1}').problems[0]?.message).toBe('the macro "a" has no definition')
    expect(readMacrosConf('[a]\nnonsense').problems.length).toBe(2)
  })
})
