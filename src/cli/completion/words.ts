import type { Command, Option } from 'commander'
import { LEVELS } from '../../core/level.ts'

/** What may be written after one command. */
export interface CommandWords {
  /** The names that lead to the command: `/rules/list`; empty for the program itself. */
  readonly path: string
  readonly commands: readonly { readonly name: string; readonly about: string }[]
  /** What the command's arguments may be, where that is known; else they are files. */
  readonly arguments: readonly string[]
  readonly options: readonly OptionWords[]
}

export interface OptionWords {
  readonly short?: string
  readonly long: string
  readonly about: string
  /** What must follow: nothing, one of some words, a file, or any text. */
  readonly value: 'none' | 'choice' | 'file' | 'text'
  readonly choices: readonly string[]
}

/** A command and all below it. */
export function commandWords(command: Command, path = ''): readonly CommandWords[] {
  const own: CommandWords = {
    path,
    commands: command.commands.map(inner => ({ name: inner.name(), about: inner.summary() })),
    arguments: command.registeredArguments.flatMap(argument => argument.argChoices ?? []),
    options: [...command.options.filter(option => !option.hidden).map(optionWords), HELP],
  }
  return [own, ...command.commands.flatMap(inner => commandWords(inner, `${path}/${inner.name()}`))]
}

const HELP: OptionWords = {
  short: '-h',
  long: '--help',
  about: 'display help for command',
  value: 'none',
  choices: [],
}

function optionWords({ short, long = '', description, flags, argChoices }: Option): OptionWords {
  const choices = argChoices ?? (flags.endsWith('<level>') ? LEVELS : [])
  const value = choices.length > 0 ? 'choice' : valueKind(flags)
  return { ...(short === undefined ? {} : { short }), long, about: description, value, choices }
}

function valueKind(flags: string): OptionWords['value'] {
  if (/<(file|folder|path)>$/.test(flags)) return 'file'
  return flags.endsWith('>') ? 'text' : 'none'
}

/** Each name of an option. */
export function namesOf({ short, long }: OptionWords): readonly string[] {
  return short === undefined ? [long] : [short, long]
}

/**
 * Arms of a shell's `case` for what follows the options of a command that take a value: `"/hunt --format") … return ;;`.
 *
 * @param reply what the shell is to do for one of them
 */
export function valueArms(
  { path, options }: CommandWords,
  reply: (option: OptionWords) => string,
): readonly string[] {
  return options
    .filter(({ value }) => value !== 'none')
    .map(option => {
      const names = namesOf(option).map(name => `"${path} ${name}"`)
      return `    ${names.join('|')}) ${reply(option)}return ;;`
    })
}
