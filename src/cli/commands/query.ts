import { extname } from 'node:path'
import { Command } from 'commander'
import type { Diagnostic } from '../../core/diagnostic.ts'
import { nearest } from '../../core/nearest.ts'
import { printDiagnostic } from '../../core/print-diagnostic.ts'
import { terminalSafe } from '../../core/terminal.ts'
import type { LanguageSearch } from '../../detect/query/language-search.ts'
import { type LanguageName, languageNames, languages } from '../../detect/query/languages.ts'
import type { QueryOptions } from '../../detect/query/options.ts'
import { runQuery } from '../../detect/query/run.ts'
import { EngineError } from '../../engines/duckdb/engine-error.ts'
import { ManifestError } from '../../lake/manifest.ts'
import { rowFormats } from '../../output/rows/formats.ts'
import type { RowWriter } from '../../output/rows/row-writer.ts'
import { Refusal } from '../../plan/lowering.ts'
import { EXIT, usageError } from '../exit.ts'
import { formatFor } from '../format-name.ts'
import { interruptible } from '../interrupt.ts'
import { knowledgeOf } from '../knowledge-options.ts'
import { colourOf, type InputOptions, type LookOptions } from '../options.ts'
import { type Output, withFile, withOutput } from '../output.ts'
import { isSound, type QueryFlags, withQuery } from '../query-options.ts'
import { logsToScan, scanExit, scanOptions, type ToScan, tellLedger } from '../scanning.ts'
import { type SearchSurroundings, surroundings, textOrFile } from '../search-options.ts'
import { lookOf } from '../terminal.ts'

/** `nephoscope query`: a search of SPL, Sumo Logic, Sigma or SQL, word for word, on files or a lake. */
export function queryCommand(): Command {
  const command = new Command('query')
    .summary('run a search in SPL, Sumo Logic, Sigma or SQL on logs or a lake')
    .description(
      'Runs a search word for word, offline, on files in any shape that can be read, or on a lake.',
    )
    .argument('<language>', languageNames.join(', '))
    .argument('<search>', 'the search, or @FILE')
  return withQuery(command).addHelpText('after', HELP).action(run)
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
  const reader = await languages[language].reader()
  const read = reader(text, around.settings)
  for (const problem of read.problems) tell(problem, given, text)
  if (!read.ok) process.exitCode = EXIT.usage
  else
    await interruptible(stop =>
      searched({ language, search: read.value, text, given, logs, around, flags, stop }),
    )
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
    if (error instanceof ManifestError) {
      process.stderr.write(`error: ${terminalSafe(error.message)}\n`)
      process.exitCode = EXIT.lost
      return
    }
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
    ...(around.places === undefined ? {} : { places: around.places }),
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
  if (error.interrupted) {
    process.stderr.write('error: It was interrupted before the search was done.\n')
    return
  }
  const what = error.tooLarge
    ? 'the search needs more memory or disk than it may have'
    : 'the engine could not run the search'
  const help = error.tooLarge ? '\n  = help: narrow it by time or fields, or raise --memory' : ''
  process.stderr.write(`error: ${what}: ${terminalSafe(error.message.split('\n')[0] ?? '')}${help}\n`)
}
