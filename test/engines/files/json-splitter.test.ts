import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { JsonSplitter } from '../../../src/engines/files/json-splitter.ts'
import { anyText } from '../../plain/any-text.ts'

const KEYS = new Set(['Records', 'events', 'value'])
const RUNS = Number(process.env['RUNS'] ?? 40)

interface Cut {
  readonly records: readonly string[]
  readonly problems: readonly string[]
  readonly messages: readonly string[]
}

interface Limits {
  readonly maxRecord?: number
}

function split(pieces: readonly string[], limits: Limits = {}): Cut {
  const records: string[] = []
  const problems: string[] = []
  const messages: string[] = []
  const told = (code: string, message: string): void => {
    problems.push(code)
    messages.push(message)
  }
  const splitter = new JsonSplitter(
    { arrayKeys: KEYS, maxRecord: 1_000_000, ...limits },
    {
      record: text => {
        if (!isJson(text)) return 'not valid'
        records.push(text)
        return undefined
      },
      problem: told,
      left: told,
    },
  )
  for (const piece of pieces) splitter.push(piece)
  splitter.end()
  return { records, problems, messages }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** The records and the codes of the problems; the same whether the text comes at once or one character at a time. */
function cut(text: string, limits: Limits = {}): readonly [readonly string[], readonly string[]] {
  const whole = split([text], limits)
  expect(split(text.split(''), limits)).toEqual(whole)
  return [whole.records, whole.problems]
}

describe('the arrangements of records', () => {
  it.each([
    ['a Records object', '{"Records":[{"a":1},{"a":2}]}', ['{"a":1}', '{"a":2}']],
    ['keys around the list', '{"x":{"Records":[1]},"events" : [ {"a":1} ],"y":"]"}', ['{"a":1}']],
    ['two lists in an object', '{"events":[1],"Records":[2]}', ['1', '2']],
    ['an empty list', '{"Records":[]}', []],
    ['a list of lists', '{"value":[[1,2],[]]}', ['[1,2]', '[]']],
    ['a list key without a list', '{"Records":{"a":[1]}}', ['{"Records":{"a":[1]}}']],
    ['a list key as a value', '{"a":"Records","b":[1]}', ['{"a":"Records","b":[1]}']],
    ['a list key further down', '{"a":{"Records":[1]}}', ['{"a":{"Records":[1]}}']],
    [
      'a bare array',
      '[{"a":1}, "text", 1.5e-3, null, [true]]',
      ['{"a":1}', '"text"', '1.5e-3', 'null', '[true]'],
    ],
    ['JSON lines', '{"a":1}\n{"a":2}\r\n\n{"a":3}', ['{"a":1}', '{"a":2}', '{"a":3}']],
    ['objects without anything between', '{"a":1}{"a":2}"x"[3]', ['{"a":1}', '{"a":2}', '"x"', '3']],
    ['a Records object a line', '{"Records":[1]}\n{"Records":[2,3]}', ['1', '2', '3']],
    ['commas between lines', '{"a":1},\n{"a":2},\n', ['{"a":1}', '{"a":2}']],
    ['scalars a line each', '1\ntrue\nnull\n-2.5', ['1', 'true', 'null', '-2.5']],
    ['a byte order mark', '\ufeff{"a":1}', ['{"a":1}']],
    ['record separators', '\u001e{"a":1}\n\u001e{"a":2}\n', ['{"a":1}', '{"a":2}']],
    ['escapes in strings', '{"a\\"{":"\\\\"}{"b":"\\\\\\"]"}', ['{"a\\"{":"\\\\"}', '{"b":"\\\\\\"]"}']],
    [
      'escapes of the terminal and replacement characters',
      '{"a":"\ufffd\u007f\u009b31m"}',
      ['{"a":"\ufffd\u007f\u009b31m"}'],
    ],
    ['nothing', '', []],
    ['white space', ' \n\t\r\n', []],
  ])('%s', (_, text, records) => {
    expect(cut(text)).toEqual([records, []])
  })
})

describe('what bad input gets', () => {
  it.each([
    [
      'text that ends early, in a list',
      '{"Records":[{"a":1},{"a":2},{"a":',
      ['{"a":1}', '{"a":2}'],
      ['json/unclosed'],
    ],
    ['text that ends after a list', '{"Records":[{"a":1}]', ['{"a":1}'], ['json/unclosed']],
    ['text that ends between elements', '[{"a":1},', ['{"a":1}'], ['json/unclosed']],
    ['text that ends in a string', '{"a":1}\n{"a":"x', ['{"a":1}'], ['json/unclosed']],
    ['a line cut in a string', '{"a":"xy\n{"a":2}\n{"a":3}', ['{"a":2}', '{"a":3}'], ['json/broken']],
    ['a line cut after a number', '{"a":1\n{"a":2}\n{"a":3}', ['{"a":2}', '{"a":3}'], ['json/broken']],
    ['a line cut after a colon', '{"a":1,"b":\n{"a":2}\n{"a":3}', ['{"a":2}', '{"a":3}'], ['json/broken']],
    ['a line cut before the last one', '{"a":1,"b":[\n{"a":2}\n', ['{"a":2}'], ['json/broken']],
    [
      'the last line cut after another',
      '{"a":1,\n{"a":2}\n{"a',
      ['{"a":2}'],
      ['json/broken', 'json/unclosed'],
    ],
    [
      'a record begun in the middle of another',
      '{"a":0}\n{"a":"xy{"a":2}\n',
      ['{"a":0}', '{"a":2}'],
      ['json/broken'],
    ],
    ['a bracket too many', '{"a":1}}\n{"a":2}', ['{"a":1}', '{"a":2}'], ['json/stray-bracket']],
    ['a bracket too many in a list', '[{"a":1}},{"a":2}]', ['{"a":1}', '{"a":2}'], ['json/stray-bracket']],
    [
      'damage in the middle of a list',
      '{"Records":[{"a":1},{"a""b"},{"a":3}]}',
      ['{"a":1}', '{"a":3}'],
      ['json/broken'],
    ],
    [
      'a list that ends after damage, at a record that begins as those before',
      '[{"a":"\n{"a":1}\n',
      ['{"a":1}'],
      ['json/broken', 'json/unclosed'],
    ],
    [
      'a text that swallows half of what looks like a record',
      '{"a":1}\n"\\{"a":1',
      ['{"a":1}'],
      ['json/bad-record', 'json/not-json'],
    ],
    [
      'damage in a list with an element a line',
      '[\n{"a":1},\n{"a" "b"},\n{"b":3}\n]\n',
      ['{"a":1}', '{"b":3}'],
      ['json/broken'],
    ],
    ['lines of other text', 'hello\nworld 1\n{"a":1}\n', ['{"a":1}'], ['json/not-json']],
    [
      'two stretches of other text',
      'x\n{"a":1}\ny\nz\n{"a":2}',
      ['{"a":1}', '{"a":2}'],
      ['json/not-json', 'json/not-json'],
    ],
    ['lines that begin with a bracket', '[2023-07-10] INFO a\n[2023-07-11] INFO b\n', [], ['json/not-json']],
    ['a number in front of other text', '12 monkeys\n{"a":1}', ['{"a":1}'], ['json/not-json']],
    ['only other text', 'hello', [], ['json/not-json']],
    [
      'a Records object damaged, then a good one',
      '{"Records":[{"a":1},{"a\n{"Records":[{"a":2}]}',
      ['{"a":1}', '{"a":2}'],
      ['json/broken'],
    ],
    ['damage behind a list', '{"Records":[1],"x""y"}\n{"a":2}', ['1', '{"a":2}'], ['json/broken']],
    ['another line behind a list', '{"Records":[1],"x":{}\n{"a":2}', ['1', '{"a":2}'], ['json/broken']],
  ])('%s', (_, text, records, problems) => {
    expect(cut(text)).toEqual([records, problems])
  })

  describe('the records around a bad one are found', () => {
    const good = ['{"a":1,"b":[{"c":2}]}', '{"a":2,"b":[]}', '{"a":3,"b":{}}']
    const bad: { readonly [what: string]: string } = {
      'with a bad value': '{"a":oops}',
      'cut after a colon': '{"a":9,"b":{"c":',
      'cut in a string': '{"a":9,"b":"x',
      'without its last bracket': '{"a":9,"b":[{"c":2}]',
      'with a wrong bracket': '{"a":9,"b":[{"c":2}}}',
      'with a line break in a string': '{"a":9,"b":"x\ny"}',
      'with a quote too many': '{"a":9,"b":""x"}',
      'with a bracket too many': '{"a":oops}}',
    }
    const shapes: { readonly [name: string]: (records: readonly string[]) => string } = {
      'a list on one line': records => `{"Records":[${records.join(',')}]}`,
      'a bare list': records => `[${records.join(',')}]`,
      'a list by lines': records => `{"Records":[\n${records.join(',\n')}\n]}`,
      lines: records => records.join('\n'),
      'lines that end as Windows does': records => records.join('\r\n'),
    }
    const cases = Object.entries(bad).flatMap(([what, text]) =>
      Object.keys(shapes).flatMap(shape => [0, 1, 3].map(at => [what, shape, at, text] as const)),
    )
    it.each(cases)('%s, in %s, at place %i', (_, shape, at, text) => {
      const found = cut(shapes[shape]?.([...good.slice(0, at), text, ...good.slice(at)]) ?? '')
      expect(found[0]).toEqual(good)
      expect(found[1].length).toBeGreaterThan(0)
    })
    it('also after other text in a list of which no record is known', () => {
      expect(cut(`{"Records":[no JSON,${good.join(',')}]}`)).toEqual([good, ['json/not-json']])
    })
  })

  it('goes on where somebody else left off', () => {
    const records: string[] = []
    const messages: string[] = []
    const told = (_: string, message: string): void => void messages.push(message)
    const splitter = new JsonSplitter(
      { arrayKeys: KEYS, maxRecord: 1000 },
      { record: text => (isJson(text) ? void records.push(text) : 'not valid'), left: told, problem: told },
    )
    const [before, rest] = ['{"Records":[\n{"a":1},', '{"a"x,{"a":3}]}']
    splitter.resume(before, 'member', '{"a":1}')
    splitter.push(rest)
    splitter.end()
    expect(records).toEqual(['{"a":3}'])
    expect(messages).toEqual([expect.stringContaining('line 2 (character 22 of the text)')])
  })

  it('says where, counting lines and characters from 1', () => {
    const text = '{"a":1}\n{"a":"x\n{"a":3}\n  {"a": 4'
    expect(split([text]).messages).toEqual([
      'line 2 (character 9 of the text): the value that begins there is no JSON: a line break inside a string',
      'the text ends inside a value or list (line 4 (character 27 of the text))',
    ])
  })

  it('a record over the limit is left out, and nothing else', () => {
    const large = `{"a":"${'x'.repeat(200)}"}`
    const limits = { maxRecord: 100 }
    expect(cut(`{"a":1}\n${large}\n{"a":2}`, limits)).toEqual([
      ['{"a":1}', '{"a":2}'],
      ['json/record-too-large'],
    ])
    expect(cut(`[1,${large},2]`, limits)).toEqual([['1', '2'], ['json/record-too-large']])
    expect(cut(`{"a":"${'x'.repeat(200)}","Records":[1]}`, limits)).toEqual([['1'], []])
  })

  it('a million levels do not overflow the stack', () => {
    const deep = '['.repeat(1_000_000) + ']'.repeat(1_000_000)
    const { records, problems } = split([`{"a":${deep}}`, '{}'], { maxRecord: 1e9 })
    expect(problems).toEqual([])
    expect(records.map(text => text.length)).toEqual([deep.length + 6, 2])
    expect(split([deep.slice(0, 1_000_000)], { maxRecord: 1e9 }).problems).toEqual(['json/unclosed'])
  })

  it('a record of 2 MB in thousands of pieces, and hostile damage, take linear time', () => {
    const large = `{"a":"${'\\"'.repeat(1_000_000)}"}`
    const pieces = Array.from({ length: Math.ceil(large.length / 2048) }, (_, i) =>
      large.slice(i * 2048, (i + 1) * 2048),
    )
    expect(split(pieces, { maxRecord: 64 * 1024 * 1024 }).records[0]?.length).toBe(large.length)
    for (const line of ['[\n', '{\n', '{"a":[\n', '"\n', '{"a":1}\n}\n', '{"a":1}}', '"a\\', ' 1 ']) {
      split([line.repeat(50_000), line.repeat(50_000)])
    }
  })
})

const records = fc.array(fc.dictionary(anyText(10), fc.jsonValue()).filter(isRecord), {
  maxLength: 8,
})

/** No envelope by chance. */
function isRecord(value: object): boolean {
  return !Object.keys(value).some(key => KEYS.has(key))
}

const SHAPES: { readonly [name: string]: (values: readonly unknown[]) => string } = {
  'Records object': values => JSON.stringify({ before: [{ x: '"' }], Records: values, after: { y: [1] } }),
  'Records object, indented': values => JSON.stringify({ before: {}, Records: values }, null, 2),
  'bare array': values => JSON.stringify(values),
  'bare array, indented': values => JSON.stringify(values, null, 2),
  'JSON lines': values => values.map(value => `${JSON.stringify(value)}\n`).join(''),
  'indented objects': values => values.map(value => JSON.stringify(value, null, '\t')).join('\n'),
  concatenated: values => values.map(value => JSON.stringify(value)).join(''),
  'several Records objects': values => values.map(value => JSON.stringify({ Records: [value] })).join(''),
  'with a byte order mark': values => `\ufeff${values.map(value => JSON.stringify(value)).join('\r\n')}`,
}

/** The text in pieces, the borders being fractions of its length. */
function pieces(text: string, borders: readonly number[]): readonly string[] {
  const at = [...borders.map(border => Math.floor(border * text.length)), text.length].sort((a, b) => a - b)
  return at.map((end, i) => text.slice(at[i - 1] ?? 0, end))
}

const borders = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 })

describe('any records in any arrangement, cut anywhere, come back in order', () => {
  for (const [name, shape] of Object.entries(SHAPES)) {
    it(name, () => {
      fc.assert(
        fc.property(records, borders, (values, at) => {
          const text = shape(values)
          const found = split(pieces(text, at))
          expect(found.problems).toEqual([])
          expect(found.records.map(record => JSON.parse(record))).toEqual(JSON.parse(JSON.stringify(values)))
        }),
        { numRuns: RUNS },
      )
    })
  }

  it('elements of any kind in an array', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), borders, (values, at) => {
        const found = split(pieces(JSON.stringify(values), at))
        expect(found.problems).toEqual([])
        expect(found.records).toEqual(values.map(value => JSON.stringify(value)))
      }),
      { numRuns: RUNS },
    )
  })

  it('text of any kind never throws, and is cut alike wherever it is cut', () => {
    const scrap = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      ',',
      ':',
      '\n',
      '\\',
      ' ',
      '1',
      'x',
      '{"a":',
      '\n{"a":1}\n',
      '{"Records":[',
    )
    fc.assert(
      fc.property(fc.array(scrap, { maxLength: 60 }), borders, (scraps, at) => {
        const text = scraps.join('')
        expect(split(pieces(text, at))).toEqual(split([text]))
      }),
      { numRuns: RUNS * 10 },
    )
  })

  it('good lines after a damaged one are all found', () => {
    fc.assert(
      fc.property(records, fc.nat(), borders, (values, where, at) => {
        const line = JSON.stringify({ id: 1, list: [{ a: 'b\\"' }], text: 'x' })
        const broken = line.slice(0, 1 + (where % (line.length - 1)))
        const text = [broken, ...values.map(value => JSON.stringify(value)), '{"last":1}'].join('\n')
        const found = split(pieces(text, at)).records
        expect(found.slice(-values.length - 1)).toEqual([
          ...values.map(value => JSON.stringify(value)),
          '{"last":1}',
        ])
      }),
      { numRuns: RUNS },
    )
  })
})
