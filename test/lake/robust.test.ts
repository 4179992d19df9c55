import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { compact } from '../../src/lake/compact.ts'
import { readManifest } from '../../src/lake/manifest.ts'
import { verify } from '../../src/lake/verify.ts'
import { join as joined, quote, sql } from '../../src/sql/sql.ts'
import { withDatabase } from '../database.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { addTo, anEvent, eventFile } from './lake.ts'
import { queried } from './queried.ts'

const NEVER = new Int32Array(new SharedArrayBuffer(4))
const MAIN = 'dist/bundle/main.js'
const built = existsSync(MAIN)
/** Runs something with disks of its own, without being root. */
const UNSHARE = ['unshare', '-rm'] as const
/** That can be done here. */
const hasDisks =
  spawnSync(UNSHARE[0], [UNSHARE[1], 'sh', '-c', 'mount -t tmpfs tmpfs /mnt'], { stdio: 'ignore' }).status ===
  0

/** An event that does not pack well. */
function bulky(number: number): object {
  const noise = Array.from({ length: 40 }, (_, at) => Math.imul(number * 41 + at, 2_654_435_761).toString(36))
  return anEvent(number, { requestParameters: { key: noise.join('') } })
}

let pattern: Promise<string> | undefined

/** A lake of two files of the same days, each time a copy of its own. */
async function twoFiles(): Promise<string> {
  pattern ??= madeOfTwo()
  const lake = temporaryFolder()
  cpSync(await pattern, lake, { recursive: true })
  return lake
}

async function madeOfTwo(): Promise<string> {
  const lake = temporaryFolder()
  for (const half of [0, 1])
    await addTo(lake, [eventFile(Array.from({ length: 150 }, (_, at) => bulky(half * 150 + at)))])
  return lake
}

/** Ids of all events of a lake, which can all be read, and no file beside those that the manifest names. */
async function idsIn(lake: string): Promise<readonly string[]> {
  const { files } = readManifest(lake)
  const paths = joined(
    files.map(({ path }) => quote(join(lake, path))),
    ', ',
  )
  return withDatabase(async database => {
    const rows = await database.query(
      sql`SELECT event_id, count(raw) FROM read_parquet([${paths}]) GROUP BY 1 ORDER BY 1`,
    )
    return rows.map(([id, count]) => `${String(id)} ${String(count)}`)
  })
}

function parquetFiles(lake: string): readonly string[] {
  const all = readdirSync(join(lake, 'data'), { recursive: true, encoding: 'utf8' })
  return all
    .filter(file => file.endsWith('.parquet'))
    .map(file => `data/${file}`)
    .sort()
}

function named(lake: string): readonly string[] {
  return readManifest(lake)
    .files.map(({ path }) => path)
    .sort()
}

test.skipIf(!built || !hasDisks)(
  'a full disk ends ingest and compaction with a message, and the lake is as it was',
  async () => {
    const lake = await twoFiles()
    const before = await idsIn(lake)
    const input = eventFile(Array.from({ length: 2000 }, (_, at) => bulky(1000 + at)))
    const out = temporaryFolder()
    const script = `
      exec 2>&1
      mount -t tmpfs -o size=1m tmpfs "$1"; cp -r "$2" "$1/lake"
      "$4" ${MAIN} lake ingest "$3" --lake "$1/lake" --threads 1 -q; echo "ingest $?"
      cp -r "$1/lake" "$5/ingested"
      dd if=/dev/zero of="$1/filler" bs=1k count=4k 2>/dev/null; dd if=/dev/null of="$1/filler" bs=1k seek=$(($(stat -c %s "$1/filler") / 1024 - 30)) 2>/dev/null
      "$4" ${MAIN} lake compact --lake "$1/lake"; echo "compact $?"
      cp -r "$1/lake" "$5/compacted"`
    const disk = temporaryFolder()
    const told = execFileSync(
      UNSHARE[0],
      [UNSHARE[1], 'sh', '-c', script, 'sh', disk, lake, input, process.execPath, out],
      {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    )
    expect(told).toMatch(/the disk is full: .*the lake holds what was committed before\ningest 3\n/)
    expect(told).toMatch(/the disk is full: .*the lake holds what was committed before\ncompact 3\n/)
    for (const after of [join(out, 'ingested'), join(out, 'compacted')]) {
      expect(await idsIn(after)).toEqual(before)
      expect(parquetFiles(after)).toEqual(named(after))
      expect(readdirSync(after).sort()).toEqual(['data', 'manifest.json'])
    }
  },
  120_000,
)

test.skipIf(!built)(
  'a compaction that is killed leaves the old files or the new one, and the next one cleans up',
  async () => {
    const lake = await twoFiles()
    const before = await idsIn(lake)
    for (let times = 0; times < 2; times++) {
      const ms = 250 + Math.random() * 600
      const child = spawn(process.execPath, [MAIN, 'lake', 'compact', '--lake', lake], { stdio: 'ignore' })
      const ended = new Promise(resolve => child.once('exit', resolve))
      const timer = setTimeout(() => child.kill('SIGKILL'), ms)
      await ended
      clearTimeout(timer)
      expect([ms, await idsIn(lake)]).toEqual([ms, before])
    }
    await withDatabase(database => compact(lake, database, NEVER))
    expect(await idsIn(lake)).toEqual(before)
    expect(parquetFiles(lake)).toEqual(named(lake))
    expect(named(lake).length).toBe(3)
  },
  120_000,
)

/** Ways to spoil a file of Parquet. */
const SPOILT: readonly (readonly [what: string, spoil: (bytes: Buffer) => Buffer])[] = [
  ['its second half is gone', bytes => bytes.subarray(0, bytes.length / 2)],
  ['its end is something else', bytes => flipped(bytes, bytes.length - 300, bytes.length - 8)],
  ['something in it is something else', bytes => flipped(bytes, 4, bytes.length / 2)],
]

function flipped(bytes: Buffer, from: number, to: number): Buffer {
  return Buffer.from(bytes.map((byte, at) => (at >= from && at < to ? byte ^ 0x5a : byte)))
}

test.each(SPOILT)(
  'a file of the lake of which %s is told, and the rest is read',
  async (_, spoil) => {
    const lake = await twoFiles()
    const [first] = readManifest(lake).files
    const path = join(lake, first?.path ?? '')
    writeFileSync(path, spoil(readFileSync(path)))
    const searches = [
      ['spl', 'eventName=GetObject | stats count(requestParameters.key) AS n by eventSource, awsRegion', 250],
      ['spl', 'eventName=GetObject', 250],
      ['sql', 'SELECT count(*) FROM events', 250],
    ] as const
    for (const [language, text, left] of searches) {
      const { rows, result } = await queried(lake, language, text)
      const found = text.includes('count')
        ? Number(rows[0]?.find(cell => typeof cell === 'number'))
        : rows.length
      expect([text, found]).toEqual([text, left])
      expect(result.ledger.totals.files_lost).toBe(1)
      expect(result.ledger.files).toMatchObject([
        { file: path, end: 'failed', problems: [{ code: 'lake/damaged-file', lost: true }] },
      ])
    }
    const { before, after, damaged } = await withDatabase(database => compact(lake, database, NEVER))
    expect([before, after, [...damaged.keys()]]).toEqual([6, 4, [path]])
  },
  120_000,
)

test('a file of which any byte is another is told by verification, and is not merged', async () => {
  const lake = await twoFiles()
  const manifest = readManifest(lake)
  expect(await verify(lake, manifest, NEVER)).toEqual({
    sound: 6,
    damaged: new Map(),
    unsure: 0,
    interrupted: false,
  })
  const [first] = manifest.files
  const path = join(lake, first?.path ?? '')
  const bytes = readFileSync(path)
  for (const at of [4, bytes.length >> 2, bytes.length >> 1, bytes.length - 9]) {
    writeFileSync(path, flipped(bytes, at, at + 1))
    const { sound, damaged } = await verify(lake, manifest, NEVER)
    expect([at, sound, [...damaged.keys()]]).toEqual([at, 5, [path]])
  }
  const { after, damaged } = await withDatabase(database => compact(lake, database, NEVER))
  expect([after, [...damaged.keys()]]).toEqual([4, [path]])
  writeFileSync(path, bytes)
  await withDatabase(database => compact(lake, database, NEVER))
  expect(await verify(lake, readManifest(lake), NEVER)).toMatchObject({ sound: 3, unsure: 0 })
})

test('of files that were written without a digest verification says so', async () => {
  const lake = await twoFiles()
  const manifest = readManifest(lake)
  const files = manifest.files.map(({ sha256: _, ...file }) => file)
  expect(await verify(lake, { ...manifest, files }, NEVER)).toMatchObject({ sound: 0, unsure: 6 })
})

test('a damaged file that is to be ingested is told, and the others are read', async () => {
  const lake = await twoFiles()
  const [first] = readManifest(lake).files
  const file = join(temporaryFolder(), 'damaged.parquet')
  writeFileSync(file, flipped(readFileSync(join(lake, first?.path ?? '')), 4, 40_000))
  const other = temporaryFolder()
  const { files, added } = await addTo(other, [file, eventFile([anEvent(1)])])
  expect(files.map(({ end }) => end).sort()).toEqual(['failed', 'read'])
  expect(files.flatMap(({ problems }) => problems)).toMatchObject([{ code: 'input/bad-parquet', lost: true }])
  expect(added).toBe(1)
})

test('events of a day of which a file is damaged are not added, and the message names it', async () => {
  const lake = await twoFiles()
  const before = readManifest(lake)
  const [first] = before.files
  const path = join(lake, first?.path ?? '')
  const bytes = readFileSync(path)
  writeFileSync(path, flipped(bytes, bytes.length - 300, bytes.length - 8))
  await expect(addTo(lake, [eventFile([bulky(999)])])).rejects.toThrow(`${path} is damaged`)
  expect(readManifest(lake)).toEqual(before)
  expect(parquetFiles(lake)).toEqual(named(lake))
})

test('days outside of the time that a search asks for are not opened', async () => {
  const lake = await twoFiles()
  for (const { path, date } of readManifest(lake).files)
    if (date === '2024-05-01') writeFileSync(join(lake, path), 'something else')
  const text = 'eventName=GetObject earliest=-30h latest=now | stats count by eventSource'
  const { rows, result } = await queried(lake, 'spl', text, {
    now: Date.parse('2024-05-03T12:00:00Z') / 1000,
  })
  expect(rows).toEqual([['s3.amazonaws.com', 200]])
  expect(result.ledger.files).toEqual([])
})

test('rows without end are handed over as they come, until somebody stops it', async () => {
  const lake = await twoFiles()
  const stop = new Int32Array(new SharedArrayBuffer(4))
  const held: number[] = []
  let count = 0
  const text = 'SELECT a._raw, b.eventName FROM events a, events b, events c, events d'
  const sink = {
    begin: () => {},
    note: () => {},
    rows: (rows: readonly unknown[]) => {
      count += rows.length
      held.push(process.memoryUsage().rss)
      if (count > 200_000) Atomics.store(stop, 0, 1)
    },
  }
  const ended = await queried(lake, 'sql', text, { sink, stop }).then(
    ({ result }) => result,
    (error: unknown) => error,
  )
  expect(ended).toMatchObject({ interrupted: true })
  expect(count).toBeLessThan(2_000_000)
  expect((held.at(-1) ?? 0) - (held[0] ?? 0)).toBeLessThan(300 * 1024 * 1024)
}, 120_000)

test.skipIf(!built || process.platform === 'win32')(
  'Ctrl-C ends a search that runs, with exit code 130',
  async () => {
    const lake = await twoFiles()
    const text =
      'SELECT count(*) FROM events a, events b, events c, events d, events e WHERE hash(a._raw, b._raw) = 1'
    const temporary = temporaryFolder()
    const child = spawn(process.execPath, [MAIN, 'query', 'sql', text, '--from', lake, '--threads', '1'], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, TMPDIR: temporary },
    })
    // Its own folder is made when it listens already.
    const begun = setInterval(() => {
      if (readdirSync(temporary).length === 0) return
      clearInterval(begun)
      setTimeout(() => child.kill('SIGINT'), 300)
    }, 20)
    const code = await new Promise(resolve => child.once('close', resolve))
    clearInterval(begun)
    expect(code).toBe(130)
    expect(readdirSync(temporary)).toEqual([])
  },
  120_000,
)
