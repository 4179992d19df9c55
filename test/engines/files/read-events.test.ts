import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { FoundEvent } from '../../../src/engines/files/member-events.ts'
import { type ReadOptions, readEvents } from '../../../src/engines/files/read-events.ts'
import type { FileTally } from '../../../src/engines/files/tally.ts'
import { event, eventId, trail } from '../../cli/logs.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { zip, zstd } from './packing.ts'

const folder = temporaryFolder()

const LIMITS: ReadOptions = { maxUnpacked: 1 << 28, chunk: 1 << 22, maxRecord: 1 << 26 }

interface Read extends FileTally {
  /** Number of the event and of its record. */
  readonly found: readonly (readonly [string, number])[]
  readonly codes: readonly string[]
}

async function read(
  content: Buffer | string,
  more: Partial<ReadOptions> = {},
  name = 'a.json',
): Promise<Read> {
  const path = join(folder, name)
  writeFileSync(path, content)
  const found: [string, number][] = []
  const input = { path, name, bytes: content.length }
  const tally = await readEvents(input, { ...LIMITS, ...more }, one => found.push([idOf(one), one.number]))
  expect(tally.records).toBe(
    tally.events + tally.failed + Object.values(tally.apart).reduce((a, b) => a + b, 0),
  )
  return { ...tally, found, codes: tally.problems.map(({ code, lost }) => code + (lost ? '!' : '')) }
}

function idOf({ source, record }: FoundEvent): string {
  return source.eventId(record) ?? ''
}

/** What `found` says of events that stand at these places; `undefined` is a record that is none. */
function at(...events: readonly (number | undefined)[]): readonly (readonly [string, number])[] {
  return events.flatMap((number, record) =>
    number === undefined ? [] : [[eventId(number), record] as const],
  )
}

const text = (number: number): string => JSON.stringify(event(number))
const lines = [0, 1, 2].map(text).join('\n')

describe('what is left out keeps its number', () => {
  const inPlaceOf = (record: string): readonly string[] => [
    `{"Records":[${text(0)},${record},${text(2)}]}`,
    [text(0), record, text(2)].join('\n'),
  ]
  test.each(inPlaceOf(text(1).replace('{', `{"x":"${'y'.repeat(200_000)}",`)))(
    'a record too large: %#',
    async content => {
      const { found, failed, codes } = await read(zstd(Buffer.from(content)), { maxRecord: 2000 })
      expect([found, failed, codes]).toEqual([at(0, undefined, 2), 1, ['json/record-too-large!']])
    },
  )
  test.each(inPlaceOf(text(1).replace('null', '['.repeat(100_001) + ']'.repeat(100_001))))(
    'a record too deep: %#',
    async content => {
      const { found, failed, problems } = await read(content)
      expect([found, failed]).toEqual([at(0, undefined, 2), 1])
      expect(problems).toMatchObject([{ record: 1, message: expect.stringContaining('100002 levels deep') }])
    },
  )
  test.each(inPlaceOf(text(1).replace('null', `[${'0,'.repeat(2_000_001)}0]`)))(
    'a record of too many values: %#',
    async content => {
      const { found, failed, problems } = await read(content)
      expect([found, failed]).toEqual([at(0, undefined, 2), 1])
      expect(problems).toMatchObject([
        { record: 1, message: expect.stringContaining('values, over 2000000') },
      ])
    },
  )
  test.each(inPlaceOf(text(1).slice(0, -1)))('a record that breaks off: %#', async content => {
    const { found, failed } = await read(content)
    expect([found, failed]).toEqual([at(0, undefined, 2), 1])
  })
  test('a packed text that is damaged', async () => {
    const packed = (bytes: Buffer): object => ({ recordId: 'x', data: bytes.toString('base64') })
    const records = [gzipSync(text(0)), gzipSync(text(1)).subarray(0, -30), gzipSync(text(2))].map(packed)
    const { found, failed, problems } = await read(JSON.stringify({ records }))
    expect([found, failed]).toEqual([at(0, undefined, 2), 1])
    expect(problems).toMatchObject([{ record: 1, message: expect.stringContaining('damaged') }])
  })
  test('an event into which nobody can look is one failed record', async () => {
    const path = join(folder, 'deep.json')
    writeFileSync(path, lines)
    const tally = await readEvents({ path, name: 'deep.json', bytes: 0 }, LIMITS, ({ number }) => {
      if (number === 1) throw new RangeError('Maximum call stack size exceeded')
    })
    expect(tally).toMatchObject({ records: 3, events: 2, failed: 1 })
  })
})

test('a problem behind records that were read at once has its true place', async () => {
  const { problems } = await read(`${text(0)}\n${text(1)}\nno JSON\n${text(2)}`)
  expect(problems).toMatchObject([{ record: 2, message: expect.stringContaining('line 3 (character ') }])
})

test('of packed data that ends early only that is told, and not the record that it cuts', async () => {
  const whole = gzipSync(lines, { level: 0 })
  const { found, codes } = await read(whole.subarray(0, -100))
  expect([found, codes]).toEqual([at(0, 1), ['input/truncated!']])
})

describe('bytes that are no plain UTF-8', () => {
  test('are told, and cost nothing else', async () => {
    const content = Buffer.from(lines.replaceAll('alice', 'al\u00ffice'), 'latin1')
    expect(await read(content)).toMatchObject({ found: at(0, 1, 2), codes: ['input/not-utf8'], end: 'read' })
  })
  test('are not suspected where characters lie across two pieces', async () => {
    const content = Buffer.from(
      `${text(0).replace('alice', '\u20ac\ud83d\ude00'.repeat(30_000))}\n${text(1)}`,
    )
    expect(await read(zstd(content, 60_001))).toMatchObject({ found: at(0, 1), codes: [] })
  })
  test.each(['little', 'big'])('UTF-16 with its byte order mark is read: %s end first', async order => {
    const content = Buffer.from(`\ufeff${lines}`, 'utf16le')
    expect(await read(order === 'big' ? content.swap16() : content)).toMatchObject({
      found: at(0, 1, 2),
      codes: [],
    })
  })
  test('a tar archive is not opened, which is a loss', async () => {
    const header = Buffer.alloc(512)
    header.write('logs/a.json')
    header.write('ustar', 257)
    const content = Buffer.alloc(512)
    content.write(text(0))
    for (const packed of [Buffer.concat([header, content]), gzipSync(Buffer.concat([header, content]))])
      expect(await read(packed)).toMatchObject({ found: [], end: 'failed', codes: ['input/tar!'] })
    expect(await read(Buffer.alloc(600))).toMatchObject({ end: 'not-a-log', codes: [] })
  })

  test('NUL bytes in a log cost what they stand in, and make no binary file of it', async () => {
    const { found, codes } = await read(`${trail([event(0), event(1)])}${'\0'.repeat(5000)}`)
    expect([found, codes]).toEqual([at(0, 1), ['json/not-json!']])
  })
})

describe('what is no log', () => {
  test.each([
    ['a page', '[![Build](x.svg)](y)\n# Title {"a"\n{ "Records": [ ... ] }\n'],
    ['a binary', Buffer.from('\x89PNG\r\n\x1a\n\0\0\0{"a":\xff')],
    ['lines of another log', '[2024-05-01] INFO "x" "y"\n[2024-05-02] INFO z\n'],
    ['settings', '{\n  // comment\n  "a": 1,\n}\n'],
  ])('is no loss: %s', async (_, content) => {
    expect(await read(content)).toMatchObject({ end: 'not-a-log', failed: 0, codes: [] })
  })
  test('a file that begins as JSON does and is none is one', async () => {
    expect(await read('{"eventVersion":"1.09","eventTime":oops}')).toMatchObject({ end: 'failed', failed: 1 })
    expect(await read('{"eventVersion":"1.09","eventTi')).toMatchObject({
      end: 'failed',
      codes: ['json/unclosed!'],
    })
  })
  test('a compressed file of a byte or two is one', async () => {
    expect(await read(Buffer.of(0x1f), {}, 'a.json.gz')).toMatchObject({
      end: 'failed',
      codes: ['input/empty!'],
    })
  })
})

describe('lines with something before their JSON', () => {
  test('are known by any of the first lines', async () => {
    const content = `-- begins here\n[2024-05-01] trail: ${text(0)}\nhost: ${text(1)}\n`
    expect((await read(content)).found).toEqual(at(undefined, 0, 1))
  })
  test('one that is too long is left out as a whole', async () => {
    const content = [`host: ${text(0)}`, `host: {"${'x'.repeat(200_000)}`, `host: ${text(2)}`].join('\n')
    for (const packed of [zstd(Buffer.from(content)), gzipSync(content)]) {
      const { found, failed, codes } = await read(packed, { maxRecord: 3000 })
      expect([found, failed, codes]).toEqual([at(0, undefined, 2), 1, ['json/record-too-large!']])
    }
  })
})

test('entries of an archive that have one name are told apart', async () => {
  const path = join(folder, 'twice.zip')
  const entry = (number: number) => ({ name: 'a.json', content: Buffer.from(text(number)) })
  writeFileSync(path, zip([entry(0), entry(1)]))
  const files: string[] = []
  await readEvents({ path, name: 'twice.zip', bytes: 0 }, LIMITS, ({ file }) => files.push(file))
  expect(files).toEqual(['twice.zip!a.json', 'twice.zip!a.json (2)'])
})

test('a file whose reading is stopped says so', async () => {
  const { codes, end } = await read(lines, { goOn: () => false })
  expect([codes, end]).toEqual([['input/interrupted!'], 'failed'])
})
