import { Command } from 'commander'
import { rulesCheckCommand } from './rules-check.ts'
import { rulesExplainCommand } from './rules-explain.ts'
import { rulesListCommand } from './rules-list.ts'
import { rulesTestCommand } from './rules-test.ts'

/** `nephoscope rules`: what the rules are, whether they are sound, what they mean, whether they do what they say. */
export function rulesCommand(): Command {
  return new Command('rules')
    .summary('list, check, explain and test rules')
    .description('Looks at rules without logs.')
    .addCommand(rulesListCommand())
    .addCommand(rulesCheckCommand())
    .addCommand(rulesExplainCommand())
    .addCommand(rulesTestCommand())
}
