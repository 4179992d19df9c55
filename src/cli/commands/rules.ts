import { Command } from 'commander'
import { commandsFor, type LazyCommands } from '../lazy-commands.ts'

const commands: LazyCommands = {
  list: async () => (await import('./rules-list.ts')).rulesListCommand(),
  check: async () => (await import('./rules-check.ts')).rulesCheckCommand(),
  explain: async () => (await import('./rules-explain.ts')).rulesExplainCommand(),
  test: async () => (await import('./rules-test.ts')).rulesTestCommand(),
}

/** `nephoscope rules`: what the rules are, whether they are sound, what they mean, whether they do what they say. */
export async function rulesCommand(asked: string | undefined): Promise<Command> {
  const command = new Command('rules')
    .summary('list, check, explain and test rules')
    .description('Looks at rules without logs.')
  for (const one of await commandsFor(commands, asked)) command.addCommand(one)
  return command
}
