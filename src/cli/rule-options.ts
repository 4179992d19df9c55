import { type Command, Option } from 'commander'
import type { Level } from '../core/level.ts'
import { terminalSafe } from '../core/terminal.ts'
import { BUILTIN } from '../rules/find.ts'
import { type LoadedRules, loadRules, printProblems } from '../rules/load.ts'
import { parseChoices, type Selection } from '../rules/select.ts'
import { EXIT, usageError } from './exit.ts'
import { collect, level, readPlaceholders } from './options.ts'

/** Options of every command that takes rules. */
export interface RuleOptions {
  readonly rules?: readonly string[]
  readonly include?: readonly string[]
  readonly exclude?: readonly string[]
  readonly minLevel?: Level
  readonly exactLevel?: Level
  readonly placeholders?: string
}

/** Adds what commands that take rules have in common. */
export function withRules(command: Command): Command {
  return command
    .addOption(
      new Option('-r, --rules <path>', 'rule files or folders, or builtin (default: builtin)').argParser(
        collect,
      ),
    )
    .addOption(
      new Option(
        '--include <choice>',
        'only rules with tag=, level=, status=, id=, title= or author=VALUE',
      ).argParser(collect),
    )
    .addOption(new Option('--exclude <choice>', 'no rules with that').argParser(collect))
    .addOption(new Option('-m, --min-level <level>', 'only rules of this level or above').argParser(level))
    .addOption(new Option('-e, --exact-level <level>', 'only rules of exactly this level').argParser(level))
    .option('--placeholders <file>', 'values for %placeholders% in rules: a YAML map of names to lists')
}

/** Which rules are wanted; `undefined`, with a message and an exit code, if the options do not say. */
export function selectionOf(options: RuleOptions): Selection | undefined {
  const exact = options.exactLevel === undefined ? [] : [`level=${options.exactLevel}`]
  const include = parseChoices([...(options.include ?? []), ...exact])
  const exclude = parseChoices(options.exclude ?? [])
  for (const problem of [...include.problems, ...exclude.problems]) usageError(problem.message, problem.help)
  if (!include.ok || !exclude.ok) return undefined
  const { minLevel } = options
  return { include: include.value, exclude: exclude.value, ...(minLevel === undefined ? {} : { minLevel }) }
}

/** The rules that `-r` names, sound or not; `undefined`, with a message, if the placeholders cannot be read. */
export function readRules(specs: readonly string[], options: RuleOptions): LoadedRules | undefined {
  try {
    const placeholders =
      options.placeholders === undefined ? {} : { placeholders: readPlaceholders(options.placeholders) }
    const loaded = loadRules(specs, placeholders)
    for (const { file, message } of loaded.problems)
      process.stderr.write(`error: ${terminalSafe(file)}: ${message}\n`)
    return loaded
  } catch (error) {
    if (!(error instanceof Error)) throw error
    usageError(terminalSafe(error.message))
    return undefined
  }
}

/** The rules to run with; `undefined`, with every reason told, if there is not one. */
export function usableRules(options: RuleOptions): LoadedRules | undefined {
  const loaded = readRules(options.rules ?? [BUILTIN], options)
  if (loaded === undefined || loaded.rules.length > 0) return loaded
  for (const rule of loaded.refused) process.stderr.write(`${printProblems(rule).join('\n\n')}\n\n`)
  usageError(
    'no rule could be loaded',
    'name rule files or folders with -r, or leave it out for the built-in rules',
  )
  return undefined
}

/** The rules that a command's positional arguments name, else `-r`, else the built-in ones. */
export function namedRules(paths: readonly string[], options: RuleOptions): LoadedRules | undefined {
  const specs = [...paths, ...(options.rules ?? [])]
  const loaded = readRules(specs.length === 0 ? [BUILTIN] : specs, options)
  if (loaded !== undefined && loaded.rules.length + loaded.refused.length === 0) {
    usageError('there is no rule', 'name rule files or folders, or builtin')
    return undefined
  }
  if (loaded !== undefined && loaded.problems.length > 0) process.exitCode = EXIT.usage
  return loaded
}
