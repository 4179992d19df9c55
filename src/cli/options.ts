import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { parse } from 'yaml'
import { LEVELS, type Level, levelNamed } from '../core/level.ts'
import { nearest } from '../core/nearest.ts'
import { parseDuration, parseTime } from '../core/time.ts'
import { reason } from '../engines/files/member.ts'
import { type SourceMapOptions, withSourceMaps } from './source-map-options.ts'
import type { ColourChoice } from './terminal.ts'

/** Options of every command that reads logs. */
export interface InputOptions extends SourceMapOptions {
  readonly file?: readonly string[]
  readonly directory?: readonly string[]
  readonly from?: number
  readonly to?: number
  readonly timeOffset?: number
  readonly maxUnpacked: number
  readonly threads: number
}

/** Options of every command that prints. */
export interface LookOptions {
  readonly output?: string
  readonly color: boolean | ColourChoice
  readonly quiet?: boolean
}

export const MIB = 1024 * 1024

/** Adds what commands that read logs have in common. */
export function withInput(command: Command): Command {
  command
    .argument('[inputs...]', 'files, folders, globs, or - for standard input')
    .optionsGroup('Input:')
    .addOption(new Option('-f, --file <file>', 'an input, as an option').argParser(collect))
    .addOption(new Option('-d, --directory <folder>', 'an input folder, as an option').argParser(collect))
    .addOption(
      new Option(
        '--from <time>',
        'only events from this time on (UTC): 2024-05-01 or 2024-05-01T12:00:00Z',
      ).argParser(time),
    )
    .addOption(new Option('--to <time>', 'only events before this time (UTC)').argParser(time))
    .addOption(new Option('--timeline-start <time>', 'the same as --from').argParser(time).hideHelp())
    .addOption(new Option('--timeline-end <time>', 'the same as --to').argParser(time).hideHelp())
    .addOption(
      new Option('--time-offset <duration>', 'only the last days or hours before now: 30d, 12h')
        .argParser(duration)
        .conflicts(['from', 'timelineStart']),
    )
    .addOption(
      new Option('--max-unpacked <size>', 'how much a packed file, or a member of an archive, may unpack to')
        .argParser(size)
        .default(256 * MIB, '256MiB'),
    )
    .addOption(
      new Option('--threads <number>', 'threads to scan with')
        .argParser(positive)
        .default(availableParallelism()),
    )
  return withSourceMaps(command)
}

/** What a command can print, and what it prints if nobody says. */
interface Forms {
  readonly names: readonly string[]
  readonly unasked: string
}

/** Adds what commands that print have in common. */
export function withLook(command: Command, { names, unasked }: Forms): Command {
  return command
    .optionsGroup('Output:')
    .addOption(
      new Option('-t, --output-type <format>', 'how to print').choices(names).default(undefined, unasked),
    )
    .option('-o, --output <file>', 'write there instead of to standard output')
    .addOption(new Option('-C, --clobber', 'replace the file of -o, as is done in any case').hideHelp())
    .option('-q, --quiet', 'nothing on standard error but errors')
    .addOption(new Option('--color <when>', 'colours').choices(['auto', 'always', 'never']).default('auto'))
    .option('-K, --no-color', 'no colours; so does the environment variable NO_COLOR')
}

/** What `-t` says if nobody asks for a format: `plain` is for other programs. */
export function tableOr(plain: string): string {
  return `table on a terminal, by the name of -o, else ${plain}`
}

interface TimeRange {
  readonly from?: number
  readonly to?: number
}

/** The wanted time in UTC ms. */
export function timeRange(
  options: InputOptions & { readonly timelineStart?: number; readonly timelineEnd?: number },
): TimeRange {
  const offset = options.timeOffset === undefined ? undefined : Date.now() - options.timeOffset
  const from = options.from ?? options.timelineStart ?? offset
  const to = options.to ?? options.timelineEnd
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
}

/** `--no-color` is `color: false`. */
export function colourOf(options: LookOptions): ColourChoice {
  if (options.color === false) return 'never'
  return options.color === true ? 'auto' : options.color
}

export function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value]
}

/** Names of levels, with the usual short forms. */
export function level(text: string): Level {
  const found = levelNamed(text)
  if (found !== undefined) return found
  const close = nearest(text, LEVELS)
  throw new InvalidArgumentError(
    `The levels are ${LEVELS.join(', ')}.${close === undefined ? '' : ` Did you mean "${close}"?`}`,
  )
}

/** A time in UTC ms. */
export function time(text: string): number {
  const found = parseTime(text)
  if (found === undefined)
    throw new InvalidArgumentError('Write it like 2024-05-01 or 2024-05-01T12:00:00Z (UTC).')
  return found
}

function duration(text: string): number {
  const found = parseDuration(text)
  if (found === undefined) throw new InvalidArgumentError('Write it like 30d, 12h, 90m or 2w.')
  return found
}

/** A whole number from 1 to 256. */
export function positive(text: string): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1 || number > 256)
    throw new InvalidArgumentError('It is a whole number from 1 to 256.')
  return number
}

const UNITS: { readonly [unit: string]: number | undefined } = { '': 1, k: 1024, m: MIB, g: 1024 * MIB }

/** Bytes, as `512MiB`. */
export function size(text: string): number {
  const match = /^(\d{1,12})\s*([kmg]?)(i?b)?$/i.exec(text.trim())
  const unit = UNITS[match?.[2]?.toLowerCase() ?? '']
  if (match === null || unit === undefined)
    throw new InvalidArgumentError('Write it like 512MiB, 1GiB or a number of bytes.')
  const bytes = Number(match[1]) * unit
  if (bytes < 1 || bytes > 64 * 1024 * MIB) throw new InvalidArgumentError('It is from 1 byte to 64GiB.')
  return bytes
}

/** Reads a YAML or JSON file of placeholder names and their values. */
export function readPlaceholders(file: string): ReadonlyMap<string, readonly string[]> {
  const value = readYaml(file)
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`${file}: it must be a map of names to lists of values`)
  return new Map(
    Object.entries(value).map(([name, values]) => [
      name,
      (Array.isArray(values) ? values : [values]).map(String),
    ]),
  )
}

function readYaml(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new Error(`${file}: ${reason(error)}`, { cause: error })
  }
}
