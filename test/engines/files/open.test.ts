import { execFileSync, spawn } from 'node:child_process'
import { appendFileSync, mkdtempSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { openFile } from '../../../src/engines/files/open.ts'
import { zip, zstd, zstdFrame } from './packing.ts'

const folder = mkdtempSync(join(tmpdir(), 'nephoscope-open-'))
afterAll(() => rmSync(folder, { recursive: true }))

const LIMITS = { maxUnpacked: 256 * 1024 * 1024, chunk: 4 * 1024 * 1024 }
const TEXT = Array.from({ length: 3000 }, (_, i) => `{"eventID":"${i}","n":${(i * 7919) % 1000}}`).join('\n')

const LINE = `${JSON.stringify({ eventName: 'GetObject', filler: 'x'.repeat(100) })}\n`

let made = 0
function put(content: Buffer | string, name = `file-${made++}`): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

interface Read {
  readonly name: string
  readonly text: string
  readonly size: number
  readonly problems: readonly string[]
}

/** Each member's text (its beginning, if it is long), and `code` or `code!` for what was lost. */
async function read(path: string, limits = LIMITS): Promise<readonly Read[]> {
  const all: Read[] = []
  for await (const member of openFile(path, limits)) {
    const pieces: Buffer[] = []
    let size = 0
    for await (const chunk of member.chunks()) {
      size += chunk.length
      if (size < 10_000_000) pieces.push(chunk)
    }
    const problems = member.problems.map(problem => problem.code + (problem.lost ? '!' : ''))
    all.push({ name: member.name, text: Buffer.concat(pieces).toString(), size, problems })
  }
  return all
}

async function readOnly(path: string, limits = LIMITS): Promise<Read> {
  const all = await read(path, limits)
  expect(all).toHaveLength(1)
  return all[0] ?? { name: '', text: '', size: 0, problems: [] }
}

async function messages(path: string, limits = LIMITS): Promise<readonly string[]> {
  const found: string[] = []
  for await (const member of openFile(path, limits)) {
    for await (const _ of member.chunks());
    found.push(...member.problems.map(problem => problem.message))
  }
  return found
}

const sound = (text: string, name = '') => ({ name, text, size: Buffer.byteLength(text), problems: [] })

describe('a file is known by how it begins, whatever its name', () => {
  it.each([
    ['plain', Buffer.from(TEXT)],
    ['gzip', gzipSync(TEXT)],
    ['gzip of several parts', Buffer.concat([gzipSync(TEXT.slice(0, 5000)), gzipSync(TEXT.slice(5000))])],
    ['zstd', zstd(Buffer.from(TEXT))],
    [
      'zstd of several frames',
      Buffer.concat([zstd(Buffer.from(TEXT.slice(0, 99))), zstd(Buffer.from(TEXT.slice(99)))]),
    ],
    ['gzip in gzip', gzipSync(gzipSync(TEXT))],
    ['zstd in gzip', gzipSync(zstd(Buffer.from(TEXT)))],
  ])('%s', async (_, content) => {
    expect(await readOnly(put(content))).toEqual(sound(TEXT))
  })

  it('zip, with folders left out and compressed files opened', async () => {
    const content = zip([
      { name: 'logs/', content: Buffer.alloc(0), stored: true },
      { name: 'logs/a.json', content: Buffer.from(TEXT) },
      { name: 'logs/b.json.gz', content: gzipSync(TEXT), stored: true },
      { name: 'logs/c.json.zst', content: zstd(Buffer.from(TEXT)) },
      { name: 'inner.zip', content: zip([{ name: 'd.json', content: Buffer.from('{}') }]) },
    ])
    expect(await read(put(content))).toEqual([
      sound(TEXT, 'logs/a.json'),
      sound(TEXT, 'logs/b.json.gz'),
      sound(TEXT, 'logs/c.json.zst'),
      sound('{}', 'inner.zip!d.json'),
    ])
  })

  it('an empty zip', async () => {
    expect(await read(put(zip([])))).toEqual([])
  })

  it('packed more often than twice, it is told and not opened', async () => {
    const found = await readOnly(put(gzipSync(gzipSync(gzipSync(TEXT)))))
    expect(found).toMatchObject({ size: 0, problems: ['input/nested!'] })
  })

  it('an empty plain file has nothing to lose, an empty compressed one has', async () => {
    expect(await readOnly(put('', 'empty.json'))).toEqual(sound(''))
    for (const name of ['empty.json.gz', 'empty.zip', 'empty.ZST']) {
      expect(await readOnly(put('', name))).toMatchObject({ size: 0, problems: ['input/empty!'] })
    }
  })

  it('members may be left unread', async () => {
    const names: string[] = []
    const content = zip([
      { name: 'a', content: Buffer.from(TEXT) },
      { name: 'b', content: gzipSync(TEXT) },
    ])
    for await (const member of openFile(put(content), LIMITS)) names.push(member.name)
    expect(names).toEqual(['a', 'b'])
  })
})

describe('what bad input gets', () => {
  const packed = gzipSync(TEXT)

  it('a truncated gzip gives everything before the cut', async () => {
    for (const keep of [packed.length - 1, packed.length - 8, packed.length - 9, packed.length >> 1, 11]) {
      const { text, problems } = await readOnly(put(packed.subarray(0, keep)))
      expect(problems).toEqual(['input/truncated!'])
      expect(TEXT.startsWith(text)).toBe(true)
      if (keep >= packed.length - 8) expect(text).toBe(TEXT)
      if (keep === packed.length >> 1) expect(text.length).toBeGreaterThan(TEXT.length / 4)
    }
  })

  it('a wrong checksum is told after all of the content', async () => {
    const wrong = Buffer.from(packed)
    wrong.writeUInt32LE(1, wrong.length - 8)
    expect(await readOnly(put(wrong))).toMatchObject({ text: TEXT, problems: ['input/corrupt!'] })
  })

  it('damaged gzip data gives everything before the damage, and names the byte', async () => {
    const noise = Buffer.from(Array.from({ length: 40_000 }, (_, i) => (i * i * 31 + (i >> 3)) % 251))
    const original = Buffer.concat([noise, Buffer.from(TEXT), noise])
    const parts = [gzipSync(original.subarray(0, 30_000)), gzipSync(original.subarray(30_000))]
    const damaged = Buffer.concat(parts)
    // The first byte of the second part's data: a block of a kind that does not exist.
    const at = (parts[0]?.length ?? 0) + 10
    damaged[at] = 0xff
    const path = put(damaged)
    const pieces: Buffer[] = []
    for await (const member of openFile(path, LIMITS)) {
      for await (const chunk of member.chunks()) pieces.push(chunk)
    }
    expect(Buffer.concat(pieces).equals(original.subarray(0, 30_000))).toBe(true)
    expect(await messages(path)).toEqual([expect.stringContaining(`damaged at byte ${at} `)])
  })

  it('any flipped bit of a gzip is told, or harmless', async () => {
    for (let byte = 2; byte < packed.length; byte += 97) {
      const flipped = Buffer.from(packed)
      flipped[byte] = (flipped[byte] ?? 0) ^ 0x10
      const { text, problems } = await readOnly(put(flipped, 'flipped'))
      if (text !== TEXT) expect(problems.length).toBeGreaterThan(0)
    }
  })

  it('what follows a gzip is told and is no loss', async () => {
    for (const more of [Buffer.alloc(512), Buffer.from('some more')]) {
      expect(await readOnly(put(Buffer.concat([packed, more])))).toMatchObject({
        text: TEXT,
        problems: ['input/trailing'],
      })
    }
  })

  it('a gzip bomb ends at the cap', async () => {
    const path = put(gzipSync(Buffer.alloc(300_000_000), { level: 1 }))
    const limits = { ...LIMITS, maxUnpacked: 1_000_000 }
    expect(await readOnly(path, limits)).toMatchObject({ size: 1_000_000, problems: ['input/too-large!'] })
    expect(await messages(path, limits)).toEqual([expect.stringMatching(/1000000 bytes.*--max-unpacked/)])
    const large = { ...LIMITS, maxUnpacked: 100_000_000 }
    expect(await readOnly(path, large)).toMatchObject({ size: 100_000_000, problems: ['input/too-large!'] })
  })

  it('the cap is for each member of a zip, and not for plain files', async () => {
    const limits = { ...LIMITS, maxUnpacked: 1000 }
    const content = zip([
      { name: 'bomb', content: Buffer.alloc(50_000_000) },
      { name: 'stored', content: Buffer.alloc(1001), stored: true },
      { name: 'good', content: Buffer.from('{}') },
      { name: 'inner.gz', content: gzipSync(Buffer.alloc(1001)) },
    ])
    expect(await read(put(content), limits)).toMatchObject([
      { name: 'bomb', size: 1000, problems: ['input/too-large!'] },
      { name: 'stored', size: 1000, problems: ['input/too-large!'] },
      { name: 'good', text: '{}', problems: [] },
      { name: 'inner.gz', size: 1000, problems: ['input/too-large!'] },
    ])
    expect(await readOnly(put(TEXT), limits)).toEqual(sound(TEXT))
  })

  it('a zip entry whose name leads outside is read and told', async () => {
    const content = zip([
      { name: '../../etc/a.json', content: Buffer.from('{}') },
      { name: '/b.json', content: Buffer.from('[]') },
    ])
    expect(await read(put(content))).toMatchObject([
      { name: '../../etc/a.json', text: '{}', problems: ['input/unsafe-name'] },
      { name: '/b.json', text: '[]', problems: ['input/unsafe-name'] },
    ])
  })

  it('one bad zip entry does not cost the others', async () => {
    const content = zip([
      { name: 'secret', content: Buffer.from('x'), encrypted: true },
      { name: 'odd', content: Buffer.from('x'), method: 12 },
      { name: 'wrong sum', content: Buffer.from('{"a":1}'), crc: 1 },
      { name: 'good', content: Buffer.from('{}') },
    ])
    expect(await read(put(content))).toMatchObject([
      { name: 'secret', size: 0, problems: ['input/encrypted!'] },
      { name: 'odd', size: 0, problems: ['input/unsupported!'] },
      { name: 'wrong sum', text: '{"a":1}', problems: ['input/corrupt!'] },
      { name: 'good', text: '{}', problems: [] },
    ])
  })

  describe('a zip that ends early gives what stands before the cut', () => {
    const names = ['a', 'b.gz', 'c']
    const contents = [Buffer.from(TEXT), gzipSync('{"b":1}'), Buffer.from(TEXT)]
    const entries = names.map((name, at) => ({ name, content: contents[at] ?? Buffer.alloc(0) }))
    const early = { name: '', size: 0, text: '', problems: ['input/truncated!'] }
    const both = [sound(TEXT, 'a'), sound('{"b":1}', 'b.gz')]

    it.each([
      ['as is usual', {}],
      ['stored', { stored: true }],
      ['with sizes behind the data', { sizesFollow: true }],
      ['with sizes of 64 bits', { wide: true }],
    ])('%s', async (_, how) => {
      const whole = zip(entries.map(entry => ({ ...entry, ...how })))
      const directory = whole.indexOf('PK\x01\x02')
      for (const end of [-1, -22, directory + 20, directory]) {
        expect(await read(put(whole.subarray(0, end)))).toEqual([...both, sound(TEXT, 'c'), early])
      }
      const cut = await read(put(whole.subarray(0, directory - 100)))
      expect(cut).toMatchObject([...both, { name: 'c', problems: ['input/truncated!'] }, early])
      const text = cut[2]?.text ?? ''
      expect(text.length).toBeGreaterThan(TEXT.length / 3)
      expect(TEXT.startsWith(text)).toBe(true)
    })

    it('and says so, also if that is nothing', async () => {
      const whole = zip(entries)
      expect(await messages(put(whole.subarray(0, 20)))).toEqual([
        'the zip archive ends early: it has no directory, and 0 entries were found by their own headers',
      ])
    })

    it('from a file that is too large to be held', async () => {
      const content = Buffer.from(LINE.repeat(150_000))
      const whole = zip([{ name: 'a', content, stored: true }, ...entries])
      const cut = await read(put(whole.subarray(0, whole.indexOf('PK\x01\x02'))))
      expect(cut.map(({ name, size }) => [name, size])).toEqual([
        ['a', content.length],
        ['a (2)', TEXT.length],
        ['b.gz', 7],
        ['c', TEXT.length],
        ['', 0],
      ])
    })

    it('and the entries around a damaged one', async () => {
      const whole = zip(entries.map(entry => ({ ...entry, sizesFollow: true })))
      whole[40] = (whole[40] ?? 0) ^ 0xff
      const [first, ...rest] = await read(put(whole.subarray(0, -22)))
      expect(first).toMatchObject({ name: 'a', problems: ['input/corrupt!'] })
      expect(rest).toEqual([sound('{"b":1}', 'b.gz'), sound(TEXT, 'c'), early])
    })
  })

  it('entries of a zip that share their data are not all read', async () => {
    const one = zip([{ name: 'a', content: Buffer.alloc(1000, 'x'), stored: true }])
    const local = 4 + 26 + 1 + 1000
    const record = one.subarray(local, -22)
    const end = Buffer.from(one.subarray(-22))
    end.writeUInt16LE(50, 8)
    end.writeUInt16LE(50, 10)
    end.writeUInt32LE(record.length * 50, 12)
    const content = Buffer.concat([one.subarray(0, local), ...Array<Buffer>(50).fill(record), end])
    const found = await read(put(content))
    expect(found.length).toBeLessThan(10)
    expect(found.at(-1)).toMatchObject({ name: '', problems: ['input/corrupt!'] })
  })

  it('zstd: cut, damaged, followed by something, too large, asking for too much', async () => {
    const content = zstd(Buffer.from(TEXT))
    expect(await readOnly(put(content.subarray(0, 70_000)))).toMatchObject({
      text: TEXT.slice(0, 60_000),
      problems: ['input/truncated!'],
    })
    const damaged = Buffer.from(content)
    damaged[6 + 3 + 60_000] = 0xff
    expect(await readOnly(put(damaged))).toMatchObject({
      text: TEXT.slice(0, 60_000),
      problems: ['input/corrupt!'],
    })
    expect(await readOnly(put(Buffer.concat([content, Buffer.from('abcd')])))).toMatchObject({
      text: TEXT,
      problems: ['input/trailing'],
    })
    const bomb = zstdFrame(
      Array.from(
        { length: 3000 },
        () => ({ type: 'repeat', size: 100_000, bytes: Buffer.from('0') }) as const,
      ),
    )
    expect(await readOnly(put(bomb), { ...LIMITS, maxUnpacked: 1_000_000 })).toMatchObject({
      size: 1_000_000,
      problems: ['input/too-large!'],
    })
    const greedy = zstdFrame([{ type: 'raw', size: 1, bytes: Buffer.from('x') }], 0xf8)
    expect(await readOnly(put(greedy))).toMatchObject({ size: 0, problems: ['input/too-large!'] })
  })

  it('zstd: a checksum tells what is damaged', async () => {
    const content = zstd(Buffer.from(TEXT))
    content[4] = 4
    // Half of the XXH64 of the text, as the program zstd writes it.
    const whole = Buffer.concat([content, Buffer.from('424ec96a', 'hex')])
    expect(await readOnly(put(Buffer.concat([whole, whole])))).toMatchObject({
      text: TEXT + TEXT,
      problems: [],
    })
    const damaged = Buffer.from(whole)
    damaged[1000] = (damaged[1000] ?? 0) ^ 1
    expect(await readOnly(put(damaged))).toMatchObject({ size: TEXT.length, problems: ['input/corrupt!'] })
  })

  it.each([
    ['a line', 'KLUv/SQQgQAAeyJldmVudElEIjoiMSJ9CrsTLFg=', '{"eventID":"1"}\n'],
    ['nothing', 'KLUv/SQAAQAAmenYUQ==', ''],
  ])('zstd: the program zstd gives %s a checksum that is right here too', async (_, frame, text) => {
    expect(await readOnly(put(Buffer.from(frame, 'base64')))).toMatchObject({ text, problems: [] })
  })

  it('what does not exist, or is a folder, is unreadable', async () => {
    expect(await readOnly(join(folder, 'nowhere'))).toMatchObject({ problems: ['input/unreadable!'] })
    expect(await readOnly(folder)).toMatchObject({ problems: ['input/unreadable!'] })
    expect(await messages(folder)).toEqual(['it cannot be read: it is a folder'])
  })
})

describe('a file that changes while it is read', () => {
  async function readWhile(path: string, change: () => void): Promise<readonly [number, readonly string[]]> {
    let size = 0
    const problems: string[] = []
    for await (const member of openFile(path, { ...LIMITS, chunk: 1_000_000 })) {
      for await (const chunk of member.chunks()) {
        if (size === 0) change()
        size += chunk.length
      }
      problems.push(...member.problems.map(problem => problem.code + (problem.lost ? '!' : '')))
    }
    return [size, problems]
  }
  const large = (name: string) => put(Buffer.alloc(20_000_000, '[]\n'), name)

  it('growing, it is read up to where it was', async () => {
    const path = large('grows')
    const grow = () => appendFileSync(path, '[]\n')
    expect(await readWhile(path, grow)).toEqual([20_000_000, ['input/changed']])
  })

  it('shrinking, it is read to its end, and that is a loss', async () => {
    const path = large('shrinks')
    const shrink = () => truncateSync(path, 5_000_000)
    expect(await readWhile(path, shrink)).toEqual([5_000_000, ['input/changed!']])
  })

  it('written to, it is told', async () => {
    const path = large('written')
    const write = () => utimesSync(path, 1, 1)
    expect(await readWhile(path, write)).toEqual([20_000_000, ['input/changed']])
  })
})

describe('large files come in pieces', () => {
  const content = Buffer.from(LINE.repeat(150_000))

  it('plain, and packed by a stream of parts', async () => {
    expect((await readOnly(put(content))).size).toBe(content.length)
    const parts = zip([{ name: 'a', content, stored: true }])
    expect((await readOnly(put(parts))).size).toBe(content.length)
  })

  it('a gzip that is large even when packed', async () => {
    const noise = Buffer.alloc(17_600_000)
    for (let at = 0, seed = 1; at < noise.length; at += 4) {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
      noise.writeUInt32LE(seed, at)
    }
    const packed = gzipSync(noise, { level: 1 })
    expect(packed.length).toBeGreaterThan(16 * 1024 * 1024)
    expect(await readOnly(put(packed))).toMatchObject({ size: noise.length, problems: [] })
    const cut = await readOnly(put(packed.subarray(0, -1_000_000)))
    expect(cut.problems).toEqual(['input/truncated!'])
    expect(cut.size).toBeGreaterThan(16_000_000)
  })
})

describe('named pipes', () => {
  it.each([
    ['gzip', gzipSync(TEXT)],
    ['zip', zip([{ name: 'a', content: Buffer.from(TEXT) }])],
    ['plain', Buffer.from(TEXT)],
    ['cut gzip', gzipSync(TEXT).subarray(0, -5)],
  ])('%s', async (kind, content) => {
    const path = join(folder, `pipe ${kind}`)
    execFileSync('sh', ['-c', 'mkfifo "$0"', path])
    const writer = spawn('sh', ['-c', 'cat "$0" > "$1"', put(content), path])
    const written = new Promise(done => writer.once('close', done))
    const found = await readOnly(path)
    expect(found.text).toBe(TEXT)
    expect(found.problems).toEqual(kind === 'cut gzip' ? ['input/truncated!'] : [])
    await written
  })
})

it.skip('a file without permission: cannot be made where the tests run as root', () => {})
