#!/usr/bin/env node
import { Command, CommanderError } from 'commander'
import { terminalSafe } from '../core/terminal.ts'
import { completionCommand } from './commands/completion.ts'
import { contextCommand } from './commands/context.ts'
import { explainCommand } from './commands/explain.ts'
import { huntCommand } from './commands/hunt.ts'
import { lakeCommand } from './commands/lake.ts'
import { queryCommand } from './commands/query.ts'
import { rulesCommand } from './commands/rules.ts'
import { simulateCommand } from './commands/simulate.ts'
import { summaryCommand } from './commands/summary.ts'
import { timelineCommand } from './commands/timeline.ts'
import { EXIT } from './exit.ts'
import { optionDescription } from './option-description.ts'
import { version } from './version.ts'

/** Every command, in the order of the help. */
const commands: readonly (() => Command)[] = [
  huntCommand,
  timelineCommand,
  summaryCommand,
  rulesCommand,
  queryCommand,
  explainCommand,
  lakeCommand,
  contextCommand,
  simulateCommand,
  completionCommand,
]

const program = new Command('nephoscope')
  .description(
    'Detection in cloud logs: hunts through AWS CloudTrail with Sigma rules and explains what it finds.',
  )
  .version(version, '-V, --version')
  .showSuggestionAfterError()
  .showHelpAfterError('(add --help for all options)')
  .addHelpText('after', '\nTry it:  nephoscope hunt ./logs\nDocs:    README.md and docs/ in the package')

for (const command of commands) program.addCommand(command())
for (const command of program.commands) harden(command)
harden(program)

/** Wrong usage ends with 2, asking for help with 0; options are described alike. */
function harden(command: Command): void {
  command.exitOverride().configureHelp({ optionDescription })
  for (const inner of command.commands) harden(inner)
}

// A reader that has had enough (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(process.exitCode ?? EXIT.done)
})

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage
  else if (error instanceof Error && 'syscall' in error) {
    // The world failed, such as a full disk.
    process.stderr.write(`error: ${terminalSafe(error.message)}\n`)
    process.exitCode = EXIT.lost
  } else throw error
}
