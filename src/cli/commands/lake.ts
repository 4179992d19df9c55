import { Command } from 'commander'
import { counted } from '../../core/quantity.ts'
import { terminalSafe } from '../../core/terminal.ts'
import { isoTime } from '../../core/time.ts'
import { withDatabase } from '../../engines/duckdb/with-database.ts'
import { compact } from '../../lake/compact.ts'
import { expire } from '../../lake/expire.ts'
import { isLake, type Manifest, readManifest } from '../../lake/manifest.ts'
import { EXIT, usageError } from '../exit.ts'
import { interruptible } from '../interrupt.ts'
import { ingestCommand } from './lake-ingest.ts'
import { verifyCommand } from './lake-verify.ts'
import { folderOption, type LakeFlags, MEMORY, onLake, tellingFailure } from './lake-writing.ts'

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
    .addCommand(verifyCommand())
}

function statsCommand(): Command {
  return new Command('stats')
    .summary('what the lake holds')
    .addOption(folderOption())
    .option('--json', 'as JSON')
    .action((flags: LakeFlags & { readonly json?: boolean }) =>
      tellingFailure(async () => {
        if (!thereIs(flags.lake)) return
        const manifest = readManifest(flags.lake)
        process.stdout.write(
          flags.json === true ? `${JSON.stringify(statsOf(manifest))}\n` : statsText(manifest),
        )
      }),
    )
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
      await interruptible(stop =>
        onLake(flags.lake, async () => {
          const done = await withDatabase({ memory: MEMORY, threads: 2 }, database =>
            compact(flags.lake, database, stop),
          )
          process.stdout.write(`${counted(done.before, 'file')} before, ${done.after} after\n`)
          for (const [path, reason] of done.damaged)
            process.stderr.write(`error: ${terminalSafe(path)} is damaged: ${terminalSafe(reason)}\n`)
          if (done.damaged.size > 0) process.exitCode = EXIT.lost
        }),
      )
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
        await onLake(flags.lake, async () => {
          const gone = expire(flags.lake, before)
          process.stdout.write(`${counted(gone, 'event')} taken out\n`)
        })
      }
    })
}

function thereIs(lake: string): boolean {
  if (!isLake(lake))
    usageError(`there is no lake in ${terminalSafe(lake)}`, 'make one: nephoscope lake ingest ./logs')
  return isLake(lake)
}
