import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command, Option } from 'commander'
import { counted } from '../../core/quantity.ts'
import { terminalSafe } from '../../core/terminal.ts'
import { isoTime } from '../../core/time.ts'
import { chooseFiles, resources } from '../../detect/inputs.ts'
import { savePipes } from '../../detect/saved-pipes.ts'
import { Database } from '../../engines/duckdb/database.ts'
import { EngineError } from '../../engines/duckdb/engine-error.ts'
import { compact, expire } from '../../lake/compact.ts'
import { type Ingested, ingest } from '../../lake/ingest.ts'
import { locked } from '../../lake/lock.ts'
import { isLake, type Manifest, readManifest } from '../../lake/manifest.ts'
import { EXIT, usageError } from '../exit.ts'
import { interruptible } from '../interrupt.ts'
import { type InputOptions, MIB, withInput } from '../options.ts'
import { inputsToScan } from '../scanning.ts'

/** Where the lake is unless somebody says otherwise. */
const LAKE = 'lake'
/** MB that the engine may hold in memory. */
const MEMORY = 900
/** Characters of events that are written at once. */
const BATCH = 400 * MIB

interface LakeFlags {
  readonly lake: string
  readonly json?: boolean
}

/** `nephoscope lake`: logs as Parquet, for searching them again and again. */
export function lakeCommand(): Command {
  return new Command('lake')
    .summary('keep logs as Parquet files that searches read fast')
    .description(
      'A lake is a folder of Parquet files by source and day, with a manifest that says what it holds.',
    )
    .addCommand(ingestCommand())
    .addCommand(statsCommand())
    .addCommand(compactCommand())
    .addCommand(expireCommand())
}

const folderOption = (): Option => new Option('--lake <folder>', 'where the lake is').default(LAKE)

function ingestCommand(): Command {
  return withInput(new Command('ingest'))
    .summary('add logs; what is there already adds nothing')
    .addOption(folderOption())
    .addHelpText('after', '\nExample:\n  nephoscope lake ingest ./logs --lake ./lake')
    .action(runIngest)
}

async function runIngest(positional: readonly string[], flags: LakeFlags & InputOptions): Promise<void> {
  const inputs = inputsToScan(positional, flags, 'nephoscope lake ingest ./logs')
  if (inputs === undefined) return
  await interruptible(stop =>
    onLake(flags.lake, flags.threads, (database, folder) => add({ inputs, flags, stop, database, folder })),
  )
}

interface Adding {
  readonly inputs: readonly string[]
  readonly flags: LakeFlags & InputOptions
  readonly stop: Int32Array
  readonly database: Database
  readonly folder: string
}

async function add({ inputs, flags, stop, database, folder }: Adding): Promise<void> {
  const chosen = chooseFiles(inputs, flags)
  const files = await savePipes(chosen.files, folder, stop)
  const { maxRecord, chunk } = resources
  const options = {
    lake: flags.lake,
    maxUnpacked: flags.maxUnpacked,
    maxRecord,
    chunk,
    batch: BATCH,
    folder,
    stop,
  }
  const done = await ingest(files, { ...options, fileDone: () => {} }, database)
  process.stdout.write(`${ingestText(done)}\n`)
  const lost = tellLost(done) || chosen.problems.length > 0
  for (const { file, message } of chosen.problems)
    process.stderr.write(`${terminalSafe(`${file}: ${message}`)}\n`)
  if (done.interrupted) process.exitCode = EXIT.interrupted
  else if (lost) process.exitCode = EXIT.lost
}

function ingestText({ files, events, added }: Ingested): string {
  const known = files.filter(file => file.known).length
  const before = known === 0 ? '' : `, ${counted(known, 'file')} in the lake already`
  return `${counted(files.length, 'file')}: ${counted(events, 'event')} read, ${added} added, ${events - added} copies${before}`
}

function tellLost({ files }: Ingested): boolean {
  const problems = files.flatMap(
    ({ tally }) => tally?.problems.map(problem => ({ file: tally.file, ...problem })) ?? [],
  )
  for (const { file, message } of problems) process.stderr.write(`${terminalSafe(`${file}: ${message}`)}\n`)
  return problems.some(({ lost }) => lost)
}

function statsCommand(): Command {
  return new Command('stats')
    .summary('what the lake holds')
    .addOption(folderOption())
    .option('--json', 'as JSON')
    .action((flags: LakeFlags) => {
      if (!thereIs(flags.lake)) return
      const manifest = readManifest(flags.lake)
      process.stdout.write(
        flags.json === true ? `${JSON.stringify(statsOf(manifest))}\n` : statsText(manifest),
      )
    })
}

function statsOf({ files, inputs }: Manifest): object {
  const sources = [...new Set(files.map(({ source }) => source))].sort().map(source => {
    const own = files.filter(file => file.source === source)
    const firsts = own.flatMap(({ first }) => first ?? [])
    const lasts = own.flatMap(({ last }) => last ?? [])
    return {
      source,
      files: own.length,
      events: own.reduce((sum, { rows }) => sum + rows, 0),
      bytes: own.reduce((sum, { bytes }) => sum + bytes, 0),
      ...(firsts.length === 0
        ? {}
        : { first_time: isoTime(Math.min(...firsts)), last_time: isoTime(Math.max(...lasts)) }),
    }
  })
  return { inputs: inputs.length, sources }
}

function statsText(manifest: Manifest): string {
  const { inputs, sources } = statsOf(manifest) as {
    inputs: number
    sources: readonly {
      source: string
      files: number
      events: number
      bytes: number
      first_time?: string
      last_time?: string
    }[]
  }
  const lines = sources.map(({ source, files, events, bytes, first_time = '', last_time = '' }) => {
    const times = first_time === '' ? '' : `, ${first_time} to ${last_time}`
    return `${source}: ${counted(events, 'event')} in ${counted(files, 'file')}, ${Math.round(bytes / 1e5) / 10} MB${times}\n`
  })
  return `${lines.join('')}from ${counted(inputs, 'input file')}\n`
}

function compactCommand(): Command {
  return new Command('compact')
    .summary('one file a source and day')
    .addOption(folderOption())
    .action(async (flags: LakeFlags) => {
      if (!thereIs(flags.lake)) return
      await onLake(flags.lake, 2, async database => {
        const { before, after } = await compact(flags.lake, database)
        process.stdout.write(`${counted(before, 'file')} before, ${after} after\n`)
      })
    })
}

function expireCommand(): Command {
  return new Command('expire')
    .summary('take out the days before a date')
    .addOption(folderOption())
    .requiredOption('--before <date>', 'a UTC day, such as 2024-05-01')
    .action(async (flags: LakeFlags & { readonly before: string }) => {
      const before = /^\d{4}-\d\d-\d\d$/.test(flags.before) ? Date.parse(flags.before) : Number.NaN
      if (Number.isNaN(before))
        usageError(`${terminalSafe(flags.before)} is no day`, 'write it like 2024-05-01')
      else if (thereIs(flags.lake)) {
        const gone = await locked(flags.lake, async () => expire(flags.lake, before))
        process.stdout.write(`${counted(gone, 'event')} taken out\n`)
      }
    })
}

function thereIs(lake: string): boolean {
  if (!isLake(lake))
    usageError(`there is no lake in ${terminalSafe(lake)}`, 'make one: nephoscope lake ingest ./logs')
  return isLake(lake)
}

/** Runs something that writes to the lake, with an engine and a folder of its own. */
async function onLake(
  lake: string,
  threads: number,
  run: (database: Database, folder: string) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'nephoscope-'))
  try {
    await locked(lake, async () => {
      const database = await Database.open({ memory: MEMORY, threads, folder })
      await run(database, folder).finally(() => database.close())
    })
  } catch (error) {
    if (error instanceof EngineError || !(error instanceof Error && 'syscall' in error)) {
      process.stderr.write(`error: ${terminalSafe(error instanceof Error ? error.message : String(error))}\n`)
      process.exitCode = EXIT.lost
    } else throw error
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
