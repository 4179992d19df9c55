#!/usr/bin/env node
import { Command, CommanderError } from 'commander'
import { terminalSafe } from '../core/terminal.ts'
import { EXIT } from './exit.ts'
import { optionDescription } from './option-description.ts'
import { version } from './version.ts'

/** Every command, in the order of the help. Each is loaded only if it is asked for: all of them take a second. */
const commands: { readonly [name: string]: () => Promise<() => Command> } = {
  hunt: async () => (await import('./commands/hunt.ts')).huntCommand,
  timeline: async () => (await import('./commands/timeline.ts')).timelineCommand,
  summary: async () => (await import('./commands/summary.ts')).summaryCommand,
  rules: async () => (await import('./commands/rules.ts')).rulesCommand,
  query: async () => (await import('./commands/query.ts')).queryCommand,
  explain: async () => (await import('./commands/explain.ts')).explainCommand,
  lake: async () => (await import('./commands/lake.ts')).lakeCommand,
  context: async () => (await import('./commands/context.ts')).contextCommand,
  simulate: async () => (await import('./commands/simulate.ts')).simulateCommand,
  completion: async () => (await import('./commands/completion.ts')).completionCommand,
}
/** These tell of all commands, or of none. */
const OF_ALL: readonly string[] = ['completion']
const OF_NONE: readonly string[] = ['-V', '--version']

function wantedCommands(first: string): readonly (keyof typeof commands)[] {
  if (OF_NONE.includes(first)) return []
  return Object.hasOwn(commands, first) && !OF_ALL.includes(first) ? [first] : Object.keys(commands)
}

const program = new Command('nephoscope')
  .description(
    'Detection in cloud logs: hunts through AWS CloudTrail with Sigma rules and explains what it finds.',
  )
  .version(version, '-V, --version')
  .showSuggestionAfterError()
  .showHelpAfterError('(add --help for all options)')
  .addHelpText('after', '\nTry it:  nephoscope hunt ./logs\nDocs:    README.md and docs/ in the package')

for (const name of wantedCommands(process.argv[2] ?? '')) {
  const command = await commands[name]?.()
  if (command !== undefined) program.addCommand(command())
}
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
