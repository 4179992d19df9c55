import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { chooseFiles } from '../../src/detect/inputs.ts'
import { EngineError } from '../../src/engines/duckdb/engine-error.ts'
import type { FoundEvent } from '../../src/engines/files/member-events.ts'
import { readEvents } from '../../src/engines/files/read-events.ts'
import { readManifest } from '../../src/lake/manifest.ts'
import { storedEvents } from '../../src/lake/raw-events.ts'
import { quote, sql } from '../../src/sql/sql.ts'
import { withDatabase } from '../database.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { addTo, anEvent, eventFile } from './lake.ts'

const limits = { maxUnpacked: 1e8, maxRecord: 1e7, chunk: 1e6 }

async function read(path: string, more: { from?: number; to?: number; generic?: boolean } = {}) {
  const found: FoundEvent[] = []
  const tally = await readEvents({ path, name: path, bytes: 0 }, { ...limits, ...more }, event =>
    found.push(event),
  )
  return { found, tally }
}

async function aLake(): Promise<{ lake: string; file: string; parquet: string }> {
  const lake = temporaryFolder()
  const file = eventFile([anEvent(0), anEvent(3, { eventTime: '2024-05-01T12:00:00Z' })])
  await addTo(lake, [file])
  return { lake, file, parquet: join(lake, readManifest(lake).files[0]?.path ?? '') }
}

test('a file of a lake is read as the file that it came from', async () => {
  const { file, parquet } = await aLake()
  const [before, after] = [await read(file), await read(parquet)]
  const facts = ({ source, record, text, file, number }: FoundEvent) => ({
    source,
    record,
    text,
    file,
    number,
  })
  expect(after.found.map(facts)).toEqual(before.found.map(facts))
  expect(after.tally.end).toBe('read')
})

test('of a file of a lake, events outside the time are left out unread', async () => {
  const { parquet } = await aLake()
  const { found } = await read(parquet, { from: Date.parse('2024-05-01T11:00:00Z') })
  expect(found.map(({ record }) => record['eventID'])).toEqual(['event-3'])
})

test('the inputs of a lake are the files that its manifest names', async () => {
  const { lake, parquet } = await aLake()
  writeFileSync(join(lake, 'data', 'stray.parquet'), 'PAR1')
  expect(chooseFiles([lake], limits).files.map(({ path }) => path)).toEqual([parquet])
  const later = { ...limits, from: Date.parse('2024-06-01') }
  expect(chooseFiles([lake], later).files).toEqual([])
})

test('a file of the lake that is gone is lost, and so is a manifest that is damaged', async () => {
  const { lake, parquet } = await aLake()
  rmSync(parquet)
  expect(chooseFiles([lake], limits).problems).toMatchObject([{ file: parquet, code: 'input/not-found' }])
  writeFileSync(join(lake, 'manifest.json'), '{"version":2,"files":[')
  expect(chooseFiles([lake], limits).problems).toMatchObject([{ file: lake, code: 'lake/damaged' }])
})

test('rows of any other Parquet file are objects of their columns', async () => {
  const path = join(temporaryFolder(), 'flows.parquet')
  await withDatabase(database =>
    database.execute(
      sql`COPY (SELECT '192.0.2.1' AS srcaddr, 443 AS dstport, TRUE AS ok) TO ${quote(path)} (FORMAT parquet)`,
    ),
  )
  const { found } = await read(path, { generic: true })
  expect(found.map(({ record }) => record)).toMatchObject([{ srcaddr: '192.0.2.1', dstport: 443, ok: true }])
})

test('a damaged Parquet file is told', async () => {
  const { parquet } = await aLake()
  const bytes = readFileSync(parquet)
  writeFileSync(parquet, bytes.subarray(0, bytes.length - 100))
  const { tally } = await read(parquet)
  expect(tally).toMatchObject({ end: 'failed', problems: [{ code: 'input/bad-parquet', lost: true }] })
})

test('a search over a damaged file of the lake fails with its name', async () => {
  const { lake, parquet } = await aLake()
  writeFileSync(parquet, 'PAR1 and nothing else')
  await withDatabase(async database => {
    const events = storedEvents({ lake, manifest: readManifest(lake) }, database)
    await expect(events.next()).rejects.toThrow(parquet)
  })
})

test('a query that is interrupted ends at once', async () => {
  await withDatabase(async database => {
    const endless = database.query(
      sql`SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range + b.range = 7`,
    )
    setTimeout(() => database.interrupt(), 50)
    await expect(endless).rejects.toMatchObject({ interrupted: true })
  })
})

test('a query that needs more memory and disk than it may have is refused, and the next one runs', async () => {
  await withDatabase(async database => {
    await database.execute(sql`SET max_temp_directory_size = '1MB'`)
    await database.execute(sql`SET memory_limit = '20MB'`)
    const large = database.query(sql`SELECT list(range || 'some more text') FROM range(5000000)`)
    await expect(large).rejects.toSatisfy(error => error instanceof EngineError && error.tooLarge)
    expect(await database.query(sql`SELECT 1`)).toEqual([[1]])
  })
})
