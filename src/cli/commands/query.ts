import { availableParallelism } from 'node:os'
import { extname } from 'node:path'
import { Command, Option } from 'commander'
import type { Diagnostic } from '../../core/diagnostic.ts'
import { printDiagnostic } from '../../core/print-diagnostic.ts'
import { terminalSafe } from '../../core/terminal.ts'
import { type LanguageName, languageNames, languages } from '../../detect/query/languages.ts'
import type { QueryOptions } from '../../detect/query/options.ts'
import { runQuery } from '../../detect/query/run.ts'
import { EngineError } from '../../engines/duckdb/engine-error.ts'
import { type RowFormatName, rowFormats } from '../../output/rows/formats.ts'
import type { RowWriter } from '../../output/rows/row-writer.ts'
import { Refusal, type Search } from '../../plan/lowering.ts'
import { EXIT, usageError } from '../exit.ts'
import { formatFor } from '../format-name.ts'
import { interruptible } from '../interrupt.ts'
import { collect, colourOf, type InputOptions, type LookOptions, MIB, tableOr, withLook } from '../options.ts'
import { type Output, withOutput } from '../output.ts'
import { inputsToScan, scanExit, scanOptions, tellLedger } from '../scanning.ts'
import {
  MEMORY,
  moment,
  type SearchOptions,
  type SearchSurroundings,
  surroundings,
  textOrFile,
  withSearch,
} from '../search-options.ts'
import { lookOf } from '../terminal.ts'

interface QueryFlags extends SearchOptions, LookOptions {
  readonly from?: readonly string[]
  readonly earliest?: number
  readonly latest?: number
  readonly outputType?: RowFormatName | 'parquet'
  readonly memory: number
  readonly threads: number
  readonly maxUnpacked: number
}

/** `nephoscope query`: an SPL or Sumo Logic search, word for word, on files or a lake. */
export function queryCommand(): Command {
  const command = new Command('query')
    .summary('run a search in SPL or Sumo Logic on logs or a lake')
    .description(
      'Runs a search word for word, offline, on files in any shape that can be read, or on a lake.',
    )
    .argument('<language>', languageNames.join(' or '))
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
      new Option('--threads <number>', 'threads of the engine')
        .argParser(Number)
        .default(availableParallelism()),
    )
    .addOption(
      new Option('--memory <MB>', 'memory of the engine; more is spilled to disk')
        .argParser(Number)
        .default(MEMORY),
    )
    .addOption(
      new Option('--max-unpacked <bytes>', 'how much a packed file may unpack to')
        .argParser(Number)
        .default(256 * MIB),
    )
  withSearch(command)
  return withLook(command, { names: [...Object.keys(rowFormats), 'parquet'], unasked: tableOr('jsonl') })
    .addHelpText('after', HELP)
    .action(run)
}

const HELP = `
Exit codes: 0 done; 2 wrong usage, or the search cannot run; 3 something was lost; 130 interrupted.

Examples:
  nephoscope query spl 'eventName=ConsoleLogin | stats count by src_ip' --from ./logs
  nephoscope query sumo @search.sumo --from ./logs -t csv -o rows.csv`

async function run(language: string, given: string, flags: QueryFlags): Promise<void> {
  const text = textOrFile(given)
  const around = surroundings(flags)
  const inputs = inputsToScan([], inputFlags(flags), "nephoscope query spl 'eventName=*' --from ./logs")
  if (text === undefined || around === undefined || inputs === undefined) return
  if (!isLanguage(language)) {
    usageError(
      `there is no language "${terminalSafe(language)}"`,
      `the languages are ${languageNames.join(', ')}`,
    )
    return
  }
  const read = languages[language].parse(text, around.settings)
  for (const problem of read.problems) tell(problem, given, text)
  if (!read.ok) process.exitCode = EXIT.usage
  else
    await interruptible(stop =>
      searched({ language, search: read.value, text, given, inputs, around, flags, stop }),
    )
}

interface Prepared {
  readonly language: LanguageName
  readonly search: Search
  readonly text: string
  readonly given: string
  readonly inputs: readonly string[]
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
    process.exitCode =
      error instanceof Refusal ? EXIT.usage : error.interrupted ? EXIT.interrupted : EXIT.lost
  }
}

async function show(prepared: Prepared, output: Output | undefined): Promise<void> {
  const { language, search, text, given, inputs, around, flags, stop } = prepared
  const { options, clear } = scanOptions(inputs, inputFlags(flags), stop)
  const writer = output === undefined ? undefined : writerFor(flags, output)
  const parquet = parquetFile(flags)
  const query: QueryOptions = {
    ...options,
    ...(flags.earliest === undefined ? {} : { from: flags.earliest }),
    ...(flags.latest === undefined ? {} : { to: flags.latest }),
    search,
    style: languages[language].style,
    now: (flags.latest ?? Date.now()) / 1000,
    strict: around.settings.strict,
    memory: flags.memory,
    lookups: around.lookups,
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
  return wanted ? (output ?? 'rows.parquet') : undefined
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
