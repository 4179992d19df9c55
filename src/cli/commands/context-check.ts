import { Command, Option } from 'commander'
import { type LoadedContext, loadContext } from '../../context/load.ts'
import { counted } from '../../core/quantity.ts'
import { foldersFiles, problemTexts } from '../context-options.ts'
import { EXIT } from '../exit.ts'

interface CheckFlags {
  readonly context?: string
  readonly outputType: 'text' | 'jsonl'
  readonly strict?: boolean
}

/** `nephoscope context check`: every problem with its place; fails if a row or file is refused. */
export function contextCheckCommand(): Command {
  return new Command('check')
    .summary('whether the tables are sound')
    .description(
      'Reads the tables and prints each problem with its place. Exits with 1 if a row or a file is refused.',
    )
    .argument('[folder]', 'the folder of tables')
    .option('--context <folder>', 'the same, as an option')
    .addOption(
      new Option('-t, --output-type <format>', 'how to print').choices(['text', 'jsonl']).default('text'),
    )
    .option('--strict', 'warnings fail too')
    .action(run)
}

function run(folder: string | undefined, flags: CheckFlags): void {
  const files = foldersFiles(folder ?? flags.context)
  if (files === undefined) return
  const loaded = loadContext(files, { asOf: Date.now() })
  const problems = loaded.problems.flatMap(said => said.problems)
  process.stdout.write(flags.outputType === 'jsonl' ? jsonLines(loaded) : text(loaded))
  const errors = problems.some(({ severity }) => severity === 'error')
  if (errors || (flags.strict === true && problems.length > 0)) process.exitCode = EXIT.findings
}

function text({ context, problems }: LoadedContext): string {
  const tables = [...context.tables.values()].filter(({ state }) => state !== 'missing')
  const rows = tables.reduce((sum, table) => sum + table.rows.length, 0)
  const refused = tables.reduce((sum, table) => sum + table.refused, 0)
  const warnings = problems.flatMap(said => said.problems).filter(({ severity }) => severity === 'warning')
  const last = `${counted(tables.length, 'table')}, ${counted(rows, 'entry', 'entries')} sound, ${counted(refused, 'row')} refused, ${counted(warnings.length, 'warning')}`
  return [...problemTexts(problems).map(one => `${one}\n\n`), `${last}\n`].join('')
}

function jsonLines({ problems }: LoadedContext): string {
  const lines = problems.flatMap(({ file, problems: of }) =>
    of.map(({ code, severity, message, at, help }) =>
      JSON.stringify({ file, line: at?.line, column: at?.column, severity, code, message, help }),
    ),
  )
  return lines.map(line => `${line}\n`).join('')
}
