import { type Command, Option } from 'commander'
import { readFolder } from '../context/folder.ts'
import { type FileProblems, type LoadedContext, loadContext } from '../context/load.ts'
import type { ContextFile } from '../context/raw.ts'
import { printDiagnostic } from '../core/print-diagnostic.ts'
import { counted } from '../core/quantity.ts'
import { terminalSafe } from '../core/terminal.ts'
import { reason } from '../engines/files/member.ts'
import { usageError } from './exit.ts'
import { collect, time } from './options.ts'

/** Options of every command that knows the organisation. */
export interface ContextOptions {
  readonly context?: string
  readonly asOf?: number
  readonly param?: readonly string[]
  /** Tell of errors only. */
  readonly quiet?: boolean
}

/** Adds what commands have in common that know the organisation. */
export function withContext(command: Command): Command {
  return command
    .optionsGroup('Context:')
    .option('--context <folder>', 'inventories and approvals, one file a table: see nephoscope context')
    .addOption(
      new Option('--as-of <time>', 'judge then what is stale or due for review (default: now)').argParser(
        time,
      ),
    )
    .addOption(
      new Option('--param <name=value>', 'set a parameter of rules, such as TimeWindow=15m').argParser(
        collect,
      ),
    )
}

/**
 * The context that the options name, with all that is wrong with it told on standard error; `none` if they name none,
 * `undefined`, with a message, if it cannot be read.
 */
export function contextOf(options: ContextOptions): LoadedContext | 'none' | undefined {
  const { context: folder, param: parameters } = options
  if (folder === undefined && parameters === undefined) return 'none'
  try {
    const files = folder === undefined ? [] : readFolder(folder)
    const given = parameters === undefined ? {} : { parameters }
    const loaded = loadContext(files, { asOf: options.asOf ?? Date.now(), ...given })
    for (const text of problemTexts(loaded.problems, options.quiet)) process.stderr.write(`${text}\n\n`)
    if (!loaded.problems.some(({ file }) => file === '--param')) return loaded
    usageError('a parameter is wrong')
  } catch (error) {
    if (!(error instanceof Error)) throw error
    usageError(
      terminalSafe(`--context: ${folder ?? ''}: ${reason(error)}`),
      'name a folder of tables: see nephoscope context schema',
    )
  }
  return undefined
}

/** The tables of a folder; `undefined`, with a message, if nobody named one or it cannot be read. */
export function foldersFiles(folder: string | undefined): readonly ContextFile[] | undefined {
  if (folder === undefined) {
    usageError('there is no folder of tables', 'name it: --context ./context')
    return undefined
  }
  try {
    return readFolder(folder)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    usageError(terminalSafe(`${folder}: ${reason(error)}`))
    return undefined
  }
}

/** Says on standard error how many rows and files are wrong, and who tells of each. */
export function tellOfErrors(said: readonly FileProblems[]): void {
  const errors = said
    .flatMap(({ problems }) => problems)
    .filter(({ severity }) => severity === 'error').length
  if (errors > 0) process.stderr.write(`${counted(errors, 'problem')}, see nephoscope context check\n`)
}

/** Every problem with its place and caret; only the errors, if that is wanted. */
export function problemTexts(said: readonly FileProblems[], errorsOnly = false): readonly string[] {
  return said.flatMap(({ file, text, problems }) =>
    problems
      .filter(({ severity }) => !errorsOnly || severity === 'error')
      .map(problem => printDiagnostic(problem, file, text)),
  )
}
