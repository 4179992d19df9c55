import { availableParallelism } from 'node:os'
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { LanguageName } from '../detect/query/languages.ts'
import type { NamedFiles } from '../engines/files/file-names.ts'
import { type RowFormatName, rowFormats } from '../output/rows/formats.ts'
import { type ContextOptions, withContext } from './context-options.ts'
import { usageError } from './exit.ts'
import { type GeoOptions, withPlaces } from './knowledge-options.ts'
import { collect, type LookOptions, MIB, positive, size, tableOr, withLook } from './options.ts'
import { MEMORY, moment, namedFiles, namesOfFiles, type SearchOptions, withSearch } from './search-options.ts'
import { type SourceMapOptions, withSourceMaps } from './source-map-options.ts'

/** What `query` may be told. */
export interface QueryFlags extends SearchOptions, LookOptions, ContextOptions, GeoOptions, SourceMapOptions {
  readonly from?: readonly string[]
  readonly earliest?: number
  readonly latest?: number
  readonly outputType?: RowFormatName | 'parquet'
  readonly memory: number
  readonly threads: number
  readonly maxUnpacked: number
  readonly fields?: readonly string[]
  readonly ledger?: string
  readonly sourceCategory?: readonly NamedFiles[]
  readonly index?: readonly NamedFiles[]
}

/** The options of `query`. */
export function withQuery(command: Command): Command {
  command
    .optionsGroup('Input:')
    .addOption(
      new Option(
        '--from <input>',
        'a file, folder, glob or lake, or - for standard input; repeatable',
      ).argParser(collect),
    )
    .addOption(
      new Option('--earliest <time>', 'only events from then on: a time (UTC), or -24h@h').argParser(moment),
    )
    .addOption(
      new Option('--latest <time>', 'only events before then, which is also what now() is').argParser(moment),
    )
    .addOption(
      new Option(
        '--source-category <part=name>',
        'the _sourceCategory of files with that part in their path',
      ).argParser(namedFiles),
    )
    .addOption(
      new Option('--index <name=part>', 'the index of files with that part in their path').argParser(
        namesOfFiles,
      ),
    )
    .addOption(
      new Option('--threads <number>', 'threads of the engine')
        .argParser(positive)
        .default(availableParallelism()),
    )
    .addOption(
      new Option('--memory <MB>', 'memory of the engine; more is spilled to disk')
        .argParser(megabytes)
        .default(MEMORY),
    )
    .addOption(
      new Option('--max-unpacked <size>', 'how much a packed file may unpack to')
        .argParser(size)
        .default(256 * MIB, '256MiB'),
    )
  withSourceMaps(command)
  withPlaces(withContext(command))
  withSearch(command)
  return withLook(command, { names: [...Object.keys(rowFormats), 'parquet'], unasked: tableOr('jsonl') })
    .addOption(
      new Option('--fields <names>', 'only these columns of the result, in this order').argParser(names),
    )
    .option('--ledger <file>', 'write there what became of every file, as JSON')
}

/** The least that the engine can work with. */
const LEAST_MEMORY = 64

function megabytes(text: string): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < LEAST_MEMORY)
    throw new InvalidArgumentError(`It is a whole number of MB from ${LEAST_MEMORY} on.`)
  return number
}

function names(text: string, before: readonly string[] = []): readonly string[] {
  const given = text.split(',').map(name => name.trim())
  if (given.includes('')) throw new InvalidArgumentError('Write it like user_arn,src_ip.')
  return [...before, ...given]
}

/** False, with a message, if the flags contradict each other. */
export function isSound(language: LanguageName, flags: QueryFlags): boolean {
  const { earliest, latest, outputType, output, fields } = flags
  if (earliest !== undefined && latest !== undefined && earliest >= latest)
    usageError(
      'no time lies between --earliest and --latest',
      '--latest is the first moment that is too late',
    )
  else if (outputType === 'parquet' && output === undefined)
    usageError('Parquet is written to a file', 'name it: -o rows.parquet')
  else if (language === 'sql' && fields !== undefined)
    usageError('--fields is not for SQL', 'name the columns in the SELECT')
  else return true
  return false
}
