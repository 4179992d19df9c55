import { existsSync } from 'node:fs'
import { Command, CommanderError } from 'commander'
import { terminalSafe, visible } from '../core/terminal.ts'
import { EXIT } from './exit.ts'
import { commandsFor, type LazyCommands } from './lazy-commands.ts'
import { optionDescription } from './option-description.ts'
import { version } from './version.ts'

/** Every command, in the order of the help; those with commands of their own are told which is asked for. */
function commands(inner: string | undefined): LazyCommands {
  return {
    hunt: async () => (await import('./commands/hunt.ts')).huntCommand(),
    timeline: async () => (await import('./commands/timeline.ts')).timelineCommand(),
    summary: async () => (await import('./commands/summary.ts')).summaryCommand(),
    rules: async () => (await import('./commands/rules.ts')).rulesCommand(inner),
    query: async () => (await import('./commands/query.ts')).queryCommand(),
    explain: async () => (await import('./commands/explain.ts')).explainCommand(),
    lake: async () => (await import('./commands/lake.ts')).lakeCommand(),
    context: async () => (await import('./commands/context.ts')).contextCommand(),
    simulate: async () => (await import('./commands/simulate.ts')).simulateCommand(),
    completion: async () => (await import('./commands/completion.ts')).completionCommand(),
  }
}
/** These tell of all commands, or of none. */
const OF_ALL: readonly string[] = ['completion']
const OF_NONE: readonly string[] = ['-V', '--version']

function wantedCommands(asked = '', inner?: string): Promise<readonly Command[]> {
  if (OF_NONE.includes(asked)) return Promise.resolve([])
  return commandsFor(commands(inner), OF_ALL.includes(asked) ? undefined : asked)
}

/** Does what the words of a command line say, those behind the names of node and of the program; sets the exit code. */
export async function runProgram(argv: readonly string[]): Promise<void> {
  const program = new Command('nephoscope')
    .description(
      'Detection in cloud logs: hunts through a folder of them with Sigma rules, runs searches of Splunk and Sumo Logic word for word, and explains what it finds.',
    )
    .version(version, '-V, --version')
    .showSuggestionAfterError()
    .showHelpAfterError(helpAfter(argv[2]))
    .addHelpText('after', '\nTry it:  nephoscope hunt ./logs\nDocs:    README.md and docs/ in the package')
  for (const command of await wantedCommands(argv[2], argv[3])) program.addCommand(command)
  harden(program)
  try {
    await program.parseAsync(argv)
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage
    else if (error instanceof Error && ofTheSystem(error)) {
      process.stderr.write(`error: ${terminalSafe(error.message)}\n`)
      process.exitCode = EXIT.lost
    } else throw error
  }
}

/** Who names logs where a command should stand means to hunt. */
function helpAfter(asked: string | undefined): string {
  return asked !== undefined && existsSync(asked)
    ? `(Did you mean nephoscope hunt ${terminalSafe(asked)}?)`
    : '(add --help for all options)'
}

/** The world failed, such as a full disk. */
function ofTheSystem(error: Error): boolean {
  return 'syscall' in error || (error.cause instanceof Error && 'syscall' in error.cause)
}

/** Wrong usage ends with 2, asking for help with 0; options are described alike. */
function harden(command: Command): void {
  command
    .exitOverride()
    .configureHelp({ optionDescription })
    .configureOutput({ outputError: (text, write) => write(visible(text)) })
  for (const inner of command.commands) harden(inner)
}
