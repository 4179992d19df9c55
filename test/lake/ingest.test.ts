import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { compact } from '../../src/lake/compact.ts'
import { expire } from '../../src/lake/expire.ts'
import { locked } from '../../src/lake/lock.ts'
import { readManifest } from '../../src/lake/manifest.ts'
import { ENVELOPE } from '../../src/lake/row.ts'
import { tableOf } from '../../src/lake/tables/tables.ts'
import { sources } from '../../src/sources/sources.ts'
import { withDatabase } from '../database.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { addTo, anEvent, eventFile } from './lake.ts'

const NEVER = new Int32Array(new SharedArrayBuffer(4))

test('the same input twice adds nothing', async () => {
  const lake = temporaryFolder()
  const first = await addTo(lake, ['samples'])
  expect(first.events).toBeGreaterThan(800)
  expect(first.added).toBeGreaterThan(0)
  const before = readManifest(lake)
  expect(rowsIn(lake)).toBe(first.added)
  const second = await addTo(lake, ['samples'])
  expect(second.added).toBe(0)
  expect(second.files).toEqual([])
  expect(second.known.length).toBe(before.inputs.length)
  expect(readManifest(lake)).toEqual(before)
})

test.each(sources.map(({ id }) => id))(
  'the columns of %s are all different, and none is one that every table has',
  id => {
    const { promoted, parts } = tableOf(id)
    const names = [...Object.keys(ENVELOPE), 'number', 'raw', 'source', 'date']
    const all = [...names, ...[...promoted, ...parts].map(({ column }) => column)]
    expect(all.filter((one, place) => all.indexOf(one) !== place)).toEqual([])
  },
)

test('flows of Azure lie in a lake', async () => {
  const lake = temporaryFolder()
  const tuples = [
    '1741082426,203.0.113.7,10.5.16.4,35370,23,T,I,D',
    '1741082427,10.5.16.4,203.0.113.7,5,443,T,O,A',
  ]
  const flows = [{ rule: 'r', flows: [{ mac: 'm', flowTuples: tuples }] }]
  const record = {
    time: '2025-03-04T10:00:00Z',
    category: 'NetworkSecurityGroupFlowEvent',
    properties: { flows },
  }
  expect((await addTo(lake, [eventFile([record])])).added).toBe(2)
})

test('copies are left out within a file, between files, between batches and between runs', async () => {
  const lake = temporaryFolder()
  const some = [1, 2, 2, 3].map(number => anEvent(number))
  const others = [3, 4].map(number => anEvent(number))
  const first = await addTo(lake, [eventFile(some), eventFile(others)], { batch: 1 })
  expect(first.added).toBe(4)
  expect(first.files.reduce((sum, { duplicates }) => sum + duplicates, 0)).toBe(2)
  const second = await addTo(lake, [eventFile([4, 5].map(number => anEvent(number)))])
  expect(second.added).toBe(1)
})

test('events that share an id and differ are both kept, and so are those without an id', async () => {
  const lake = temporaryFolder()
  const events = [anEvent(1), anEvent(1, { awsRegion: 'eu-west-2' })]
  const anonymous = [anEvent(1, { eventID: undefined }), anEvent(1, { eventID: undefined })]
  expect((await addTo(lake, [eventFile([...events, ...anonymous])])).added).toBe(4)
})

test('a file that cannot be read in full is read again, and adds only what is new', async () => {
  const lake = temporaryFolder()
  const file = eventFile([anEvent(1), anEvent(2)], json => json.slice(0, -40))
  const first = await addTo(lake, [file])
  expect(first.added).toBe(1)
  expect(first.files[0]?.end).toBe('damaged')
  const second = await addTo(lake, [file])
  expect(second).toMatchObject({ added: 0, known: [], events: 1 })
})

test('files lie by source and day, those without a time apart', async () => {
  const lake = temporaryFolder()
  await addTo(lake, [eventFile([anEvent(1), anEvent(2), anEvent(3, { eventTime: 'soon' })])])
  const dates = readManifest(lake).files.map(({ path }) => path.split('/').slice(0, 3).join('/'))
  expect(dates).toEqual([
    'data/source=cloudtrail/date=2024-05-02',
    'data/source=cloudtrail/date=2024-05-03',
    'data/source=cloudtrail/date=unknown',
  ])
})

test('compaction keeps every event and makes one file a day', async () => {
  const lake = temporaryFolder()
  for (const numbers of [
    [1, 2],
    [4, 5],
    [7, 8],
  ])
    await addTo(lake, [eventFile(numbers.map(number => anEvent(number)))])
  const done = await withDatabase(database => compact(lake, database, NEVER))
  expect(done).toEqual({ before: 6, after: 2, damaged: new Map() })
  expect(rowsIn(lake)).toBe(6)
  expect(parquetFiles(lake).length).toBe(2)
  expect((await addTo(lake, [eventFile([anEvent(1), anEvent(8)])])).added).toBe(0)
})

test('expired days go, with their files', async () => {
  const lake = temporaryFolder()
  await addTo(lake, [eventFile([1, 2, 3].map(number => anEvent(number)))])
  expect(expire(lake, Date.parse('2024-05-03'))).toBe(2)
  expect(rowsIn(lake)).toBe(1)
  expect(parquetFiles(lake).length).toBe(1)
})

test('what a writer that died left behind is not there, and goes', async () => {
  const lake = temporaryFolder()
  await addTo(lake, [eventFile([anEvent(1)])])
  const [own] = parquetFiles(lake)
  const stray = join(lake, 'data', 'source=cloudtrail', 'date=2024-05-02', 'stray.parquet')
  writeFileSync(stray, 'half')
  mkdirSync(join(lake, 'incoming'))
  writeFileSync(join(lake, 'incoming', 'cloudtrail.rows'), 'rows')
  writeFileSync(join(lake, 'lock'), '999999999')
  await locked(lake, () => addTo(lake, [eventFile([anEvent(1)])]))
  expect(parquetFiles(lake)).toEqual([own])
  expect(readdirSync(lake).sort()).toEqual(['data', 'manifest.json'])
})

test('two cannot write at once', async () => {
  const lake = temporaryFolder()
  await locked(lake, async () => {
    await expect(locked(lake, async () => {})).rejects.toThrow(
      /is writing to the lake .*; wait until it is done/,
    )
  })
  await locked(lake, async () => {})
})

test('a damaged manifest is told, and nothing is written', async () => {
  const lake = temporaryFolder()
  await addTo(lake, [eventFile([anEvent(1)])])
  writeFileSync(join(lake, 'manifest.json'), '{"version":2,"files":[{')
  await expect(addTo(lake, [eventFile([anEvent(2)])])).rejects.toThrow(/manifest\.json is damaged/)
  writeFileSync(join(lake, 'manifest.json'), '{"version":7}')
  await expect(addTo(lake, [eventFile([anEvent(2)])])).rejects.toThrow(/another version/)
  expect(parquetFiles(lake).length).toBe(1)
})

test('a manifest of which a part is something else is damaged, and names no file outside of the lake', async () => {
  const lake = temporaryFolder()
  await addTo(lake, [eventFile([anEvent(1)])])
  const sound = readManifest(lake)
  const [file] = sound.files
  const spoilt: readonly object[] = [
    { ...sound, files: [null] },
    { ...sound, files: {} },
    { ...sound, files: [{ ...file, path: '../../else.parquet' }] },
    { ...sound, files: [{ ...file, path: 'data/source=a/date=b/../../../else.parquet' }] },
    { ...sound, files: [{ ...file, path: 7 }] },
    { ...sound, files: [{ ...file, bytes: '7' }] },
    { ...sound, files: [{ ...file, first: 'yesterday' }] },
    { ...sound, files: [{ ...file, values: { event_name: [7] } }] },
    { ...sound, files: [{ ...file, exceptions: undefined }] },
    { ...sound, inputs: [7] },
    { ...sound, fields: { cloudtrail: null } },
    { ...sound, dottedKeys: 7 },
    { ...sound, dottedNames: { cloudtrail: 'x' } },
    { ...sound, oddNames: [] },
    { ...sound, maps: {} },
  ]
  for (const manifest of spoilt) {
    writeFileSync(join(lake, 'manifest.json'), JSON.stringify(manifest))
    expect(() => readManifest(lake), JSON.stringify(manifest)).toThrow(/manifest\.json is damaged/)
  }
  const { dottedNames: _, oddNames: __, dottedKeys: ___, ...before } = sound
  writeFileSync(join(lake, 'manifest.json'), JSON.stringify(before))
  expect(readManifest(lake).files).toEqual(sound.files)
})

test('an ingest that is interrupted keeps what was read, and the rest comes the next time', async () => {
  const lake = temporaryFolder()
  const files = [1, 2, 3].map(number => eventFile([anEvent(number)]))
  const stop = new Int32Array(new SharedArrayBuffer(4))
  const fileDone = (): void => void Atomics.store(stop, 0, 1)
  const first = await addTo(lake, files, { stop, fileDone })
  expect(first).toMatchObject({ interrupted: true, added: 1 })
  const second = await addTo(lake, files)
  expect(second).toMatchObject({ interrupted: false, added: 2 })
})

test.skipIf(!existsSync('dist/bundle/main.js'))(
  'a writer that is killed leaves a lake that is whole, to which the rest can be added',
  async () => {
    const folder = temporaryFolder()
    for (let file = 0; file < 6; file++) {
      const events = Array.from({ length: 300 }, (_, number) => anEvent(file * 1000 + number))
      writeFileSync(join(folder, `${file}.json`), JSON.stringify({ Records: events }))
    }
    const lake = temporaryFolder()
    for (const ms of [700, 1100, 1500]) await killedIngest(folder, lake, ms)
    const before = rowsIn(lake)
    await addTo(lake, [folder])
    expect(rowsIn(lake)).toBe(1800)
    expect([0, 1800]).toContain(before)
    expect(parquetFiles(lake).length).toBe(readManifest(lake).files.length)
  },
  60_000,
)

async function killedIngest(folder: string, lake: string, ms: number): Promise<void> {
  const child = spawn(
    process.execPath,
    ['dist/bundle/main.js', 'lake', 'ingest', folder, '--lake', lake, '-q'],
    {
      stdio: 'ignore',
    },
  )
  const ended = new Promise(resolve => child.once('exit', resolve))
  const timer = setTimeout(() => child.kill('SIGKILL'), ms)
  await ended
  clearTimeout(timer)
}

function rowsIn(lake: string): number {
  return readManifest(lake).files.reduce((sum, { rows }) => sum + rows, 0)
}

function parquetFiles(lake: string): readonly string[] {
  const data = join(lake, 'data')
  if (!existsSync(data)) return []
  return readdirSync(data, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.parquet'))
}

test('the manifest is one JSON object that begins with its version', async () => {
  const lake = temporaryFolder()
  await addTo(lake, [eventFile([anEvent(1)])])
  expect(readFileSync(join(lake, 'manifest.json'), 'utf8')).toMatch(/^\{"version":2,"files":\[/)
})
