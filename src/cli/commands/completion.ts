import { Argument, Command } from 'commander'
import { bashScript } from '../completion/bash.ts'
import { fishScript } from '../completion/fish.ts'
import { commandWords } from '../completion/words.ts'
import { zshScript } from '../completion/zsh.ts'

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript } as const
type Shell = keyof typeof scripts

/** `nephoscope completion`: a script that makes a shell complete all commands and options. */
export function completionCommand(): Command {
  return new Command('completion')
    .summary('print a script for the completion of a shell')
    .description('Prints a script that makes your shell complete commands, options and their values.')
    .addArgument(new Argument('<shell>', 'which shell').choices(Object.keys(scripts)))
    .addHelpText('after', '\nTry it:  source <(nephoscope completion bash)')
    .action((shell: Shell, _flags: unknown, command: Command) => {
      process.stdout.write(scripts[shell](commandWords(command.parent ?? command)))
    })
}
