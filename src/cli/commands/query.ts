import { availableParallelism } from 'node:os'
import { extname } from 'node:path'
import { Command, InvalidArgumentError, Option } from 'commander'
import type { Diagnostic } from '../../core/diagnostic.ts'
import { nearest } from '../../core/nearest.ts'
import { printDiagnostic } from '../../core/print-diagnostic.ts'
import { terminalSafe } from '../../core/terminal.ts'
import type { LanguageSearch } from '../../detect/query/language-search.ts'
import { type LanguageName, languageNames, languages } from '../../detect/query/languages.ts'
import type { QueryOptions } from '../../detect/query/options.ts'
import { runQuery } from '../../detect/query/run.ts'
import { EngineError } from '../../engines/duckdb/engine-error.ts'
import type { NamedFiles } from '../../engines/files/file-names.ts'
import { type RowFormatName, rowFormats } from '../../output/rows/formats.ts'
import type { RowWriter } from '../../output/rows/row-writer.ts'
import { Refusal } from '../../plan/lowering.ts'
import { type ContextOptions, withContext } from '../context-options.ts'
import { EXIT, usageError } from '../exit.ts'
import { formatFor } from '../format-name.ts'
import { interruptible } from '../interrupt.ts'
import { type GeoOptions, knowledgeOf, withPlaces } from '../knowledge-options.ts'
import {
  collect,
  colourOf,
  type InputOptions,
  type LookOptions,
  MIB,
  positive,
  size,
  tableOr,
  withLook,
} from '../options.ts'
import { type Output, withFile, withOutput } from '../output.ts'
import { logsToScan, scanExit, scanOptions, type ToScan, tellLedger } from '../scanning.ts'
import {
  MEMORY,
  moment,
  namedFiles,
  namesOfFiles,
  type SearchOptions,
  type SearchSurroundings,
  surroundings,
  textOrFile,
  withSearch,
} from '../search-options.ts'
import { type SourceMapOptions, withSourceMaps } from '../source-map-options.ts'
import { lookOf } from '../terminal.ts'

interface QueryFlags extends SearchOptions, LookOptions, ContextOptions, GeoOptions, SourceMapOptions {
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

/** `nephoscope query`: a search of SPL, Sumo Logic, Sigma or SQL, word for word, on files or a lake. */
export function queryCommand(): Command {
  const command = new Command('query')
    .summary('run a search in SPL, Sumo Logic, Sigma or SQL on logs or a lake')
    .description(
      'Runs a search word for word, offline, on files in any shape that can be read, or on a lake.',
    )
    .argument('<language>', languageNames.join(', '))
    .argument('<search>', 'the search, or @FILE')
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
    .addHelpText('after', HELP)
    .action(run)
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

const HELP = `
Exit codes: 0 done; 2 wrong usage, or the search cannot run; 3 something was lost; 130 interrupted.

Examples:
  nephoscope query spl 'eventName=ConsoleLogin | stats count by src_ip' --from ./logs
  nephoscope query sumo @search.sumo --from ./logs -t csv -o rows.csv
  nephoscope query sigma @rule.yml --from ./lake --fields _time,user_arn,eventName
  nephoscope query sql 'SELECT eventName, count(*) FROM events GROUP BY 1' --from ./logs`

async function run(language: string, given: string, flags: QueryFlags): Promise<void> {
  if (!isLanguage(language)) {
    const near = nearest(language, languageNames)
    const list = `the languages are ${languageNames.join(', ')}`
    usageError(
      `there is no language "${terminalSafe(language)}"`,
      near === undefined ? list : `did you mean "${near}"? ${list}`,
    )
    return
  }
  if (!isSound(language, flags)) return
  const text = textOrFile(given)
  const logs =
    text === undefined
      ? undefined
      : logsToScan([], inputFlags(flags), "nephoscope query spl 'eventName=*' --from ./logs")
  const knowledge = logs === undefined ? undefined : knowledgeOf(flags)
  const around = knowledge === undefined ? undefined : surroundings(flags, knowledge)
  if (text === undefined || logs === undefined || around === undefined) return
  const read = languages[language].parse(text, around.settings)
  for (const problem of read.problems) tell(problem, given, text)
  if (!read.ok) process.exitCode = EXIT.usage
  else
    await interruptible(stop =>
      searched({ language, search: read.value, text, given, logs, around, flags, stop }),
    )
}

/** False, with a message, if the flags contradict each other. */
function isSound(language: LanguageName, flags: QueryFlags): boolean {
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

interface Prepared {
  readonly language: LanguageName
  readonly search: LanguageSearch
  readonly text: string
  readonly given: string
  readonly logs: ToScan
  readonly around: SearchSurroundings
  readonly flags: QueryFlags
  readonly stop: Int32Array
}

async function searched(prepared: Prepared): Promise<void> {
  const { flags, given, text } = prepared
  try {
    if (parquetFile(flags) !== undefined) await show(prepared, undefined)
    else await withOutput(flags.output, output => show(prepared, output))
  } catch (error) {
    if (error instanceof Refusal) tell(error.problem, given, text)
    else if (error instanceof EngineError) tellEngine(error)
    else throw error
    process.exitCode = exitAfter(error, prepared)
  }
}

/** What is wrong with SQL only the engine can say. */
function exitAfter(error: Refusal | EngineError, { language }: Prepared): number {
  if (error instanceof Refusal) return EXIT.usage
  if (error.interrupted) return EXIT.interrupted
  return language === 'sql' && !error.tooLarge ? EXIT.usage : EXIT.lost
}

async function show(prepared: Prepared, output: Output | undefined): Promise<void> {
  const { language, search, text, given, logs, around, flags, stop } = prepared
  const { options, clear } = scanOptions(logs, inputFlags(flags), stop)
  const writer = output === undefined ? undefined : writerFor(flags, output)
  const parquet = parquetFile(flags)
  const query: QueryOptions = {
    ...options,
    ...(flags.earliest === undefined ? {} : { from: flags.earliest }),
    ...(flags.latest === undefined ? {} : { to: flags.latest }),
    search,
    text,
    style: languages[language].style,
    now: (flags.latest ?? Date.now()) / 1000,
    // To Sumo Logic a field that is not there is null, to the letter too.
    strict: around.settings.strict && language !== 'sumo',
    memory: flags.memory,
    lookups: around.lookups,
    ...(around.geo === undefined ? {} : { geo: around.geo }),
    ...(flags.fields === undefined ? {} : { fields: flags.fields }),
    mapping: { sourceCategories: flags.sourceCategory ?? [], indexes: flags.index ?? [] },
    ...(parquet === undefined ? {} : { parquet }),
    sink: {
      begin: columns => {
        clear()
        writer?.begin(columns)
      },
      rows: rows => writer?.rows(rows),
      note: problem => tell(problem, given, text),
    },
  }
  const { ledger, interrupted } = await runQuery(query).finally(clear)
  writer?.end()
  await withFile(flags.ledger, async file => {
    file?.write(`${JSON.stringify(ledger, undefined, 2)}\n`)
  })
  tellLedger(ledger, flags)
  process.exitCode = scanExit(ledger, interrupted)
}

function writerFor(flags: QueryFlags, output: Output): RowWriter {
  const { outputType, ...others } = flags
  const asked = outputType === undefined || outputType === 'parquet' ? others : { ...others, outputType }
  const look = lookOf(process.stdout, flags.output === undefined ? colourOf(flags) : 'never')
  return rowFormats[formatFor(rowFormats, asked, 'jsonl')](text => output.write(text), look)
}

/** The file to write, if the rows are wanted as Parquet. */
function parquetFile({ outputType, output }: QueryFlags): string | undefined {
  const wanted =
    outputType === 'parquet' || (outputType === undefined && extname(output ?? '') === '.parquet')
  return wanted ? output : undefined
}

function inputFlags({ from, ...flags }: QueryFlags): InputOptions & LookOptions {
  return { ...flags, file: from ?? [] }
}

function isLanguage(text: string): text is LanguageName {
  return Object.hasOwn(languages, text)
}

function tell(problem: Diagnostic, given: string, text: string): void {
  const name = given.startsWith('@') ? given.slice(1) : 'search'
  process.stderr.write(`${printDiagnostic(problem, name, text)}\n`)
}

function tellEngine(error: EngineError): void {
  const what = error.tooLarge
    ? 'the search needs more memory or disk than it may have'
    : 'the engine could not run the search'
  const help = error.tooLarge ? '\n  = help: narrow it by time or fields, or raise --memory' : ''
  process.stderr.write(`error: ${what}: ${terminalSafe(error.message.split('\n')[0] ?? '')}${help}\n`)
}
