import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { FoundEvent } from '../../../src/engines/files/member-events.ts'
import { readAgain } from '../../../src/engines/files/read-again.ts'
import { type ReadOptions, readEvents } from '../../../src/engines/files/read-events.ts'
import { event, trail } from '../../cli/logs.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { zip } from './packing.ts'

const folder = temporaryFolder()
const LIMITS: ReadOptions = { maxUnpacked: 1 << 28, chunk: 1 << 22, maxRecord: 1 << 26 }
const events = [0, 1, 2, 3, 4].map(number => event(number, { userAgent: number === 2 ? 'Zoë 😀' : 'cli' }))
const whole = trail(events)
const lines = events.map(one => `${JSON.stringify(one)}\n`).join('')
const wrapped = JSON.stringify({ Records: events.map(one => ({ body: JSON.stringify(one) })) })

const FILES: Readonly<Record<string, { readonly content: Buffer; readonly cut: boolean }>> = {
  'plain.json': { content: Buffer.from(whole), cut: true },
  'bom.json': { content: Buffer.from(`\ufeff${whole}`), cut: true },
  'lines.json': { content: Buffer.from(lines), cut: true },
  'packed.json.gz': { content: gzipSync(whole), cut: true },
  'several.zip': {
    content: zip([
      { name: 'a.json', content: Buffer.from(whole) },
      { name: 'b.json', content: Buffer.from(lines) },
    ]),
    cut: true,
  },
  'spaced.json': { content: Buffer.from(JSON.stringify(JSON.parse(whole), undefined, 2)), cut: false },
  'utf16.json': { content: Buffer.from(`\ufeff${whole}`, 'utf16le'), cut: false },
  'wrapped.json': { content: Buffer.from(wrapped), cut: false },
  'damaged.json': { content: Buffer.from(whole.slice(0, -300)), cut: true },
  'no-end.json': { content: Buffer.from(lines.trimEnd()), cut: false },
}

async function read(name: string): Promise<readonly FoundEvent[]> {
  const found: FoundEvent[] = []
  await readEvents(inputOf(name), LIMITS, one => found.push(one))
  return found
}

function inputOf(name: string) {
  return { path: join(folder, name), name, bytes: 0 }
}

const told = ({ file, number, ordinal, text, record, source, made }: FoundEvent): unknown => [
  [file, number, ordinal, source.id, made],
  text,
  record,
]

async function again(name: string, wanted: readonly FoundEvent[]): Promise<readonly FoundEvent[]> {
  const places = new Map(wanted.map(one => [one.ordinal, { ...one, id: '' }]))
  const found: FoundEvent[] = []
  await readAgain(inputOf(name), places, LIMITS, one => found.push(one))
  return found
}

describe('records that are read again are those that were read', () => {
  test.each(Object.entries(FILES))('%s', async (name, { content, cut }) => {
    writeFileSync(join(folder, name), content)
    const all = await read(name)
    expect(all.length).toBeGreaterThan(2)
    expect(all.every(({ at }) => at >= 0)).toBe(cut)
    for (const wanted of [all, all.slice(1, 3), all.slice(-1)])
      expect((await again(name, wanted)).map(told)).toEqual(wanted.map(told))
  })
})

test('records of a file that is gone, or is another now, are not given', async () => {
  const name = 'changing.json'
  writeFileSync(join(folder, name), whole)
  const all = await read(name)
  writeFileSync(join(folder, name), 'x'.repeat(whole.length))
  expect(await again(name, all)).toEqual([])
  expect(await again('gone.json', all)).toEqual([])
})
