import { type Command, Option } from 'commander'
import type { Analytic } from '../analytics/analytic.ts'
import { contextTables } from '../context/view.ts'
import type { Level } from '../core/level.ts'
import { terminalSafe } from '../core/terminal.ts'
import { BUILTIN } from '../rules/find.ts'
import { type LoadedRules, type LoadOptions, loadRules } from '../rules/load.ts'
import { printProblems } from '../rules/problem-lines.ts'
import { parseChoices, type Selection, selects } from '../rules/select.ts'
import type { SourceMap } from '../sources/map/source-map.ts'
import { type ContextOptions, contextOf, withContext } from './context-options.ts'
import { EXIT, usageError } from './exit.ts'
import { collect, level, readPlaceholders } from './options.ts'

/** Options of every command that takes rules. */
export interface RuleOptions extends ContextOptions {
  readonly rules?: readonly string[]
  readonly placeholders?: string
}

/** Options of every command that chooses among rules. */
export interface SelectionOptions extends RuleOptions, SeparateOptions {
  readonly include?: readonly string[]
  readonly exclude?: readonly string[]
  readonly minLevel?: Level
  readonly exactLevel?: Level
}

/** Other tools have `--include-tag VALUE` for `--include tag=VALUE`: key -> its form in the names of options. */
const SEPARATE = { tag: 'Tag', level: 'Level', status: 'Status', id: 'Id' } as const
type Separate = keyof typeof SEPARATE
type SeparateOptions = {
  readonly [Name in `${'include' | 'exclude'}${(typeof SEPARATE)[Separate]}`]?: readonly string[]
}
const SEPARATE_KEYS = Object.keys(SEPARATE) as Separate[]

/** Adds what commands that take rules have in common. */
export function withRules(command: Command): Command {
  return withContext(command)
    .optionsGroup('Rules:')
    .addOption(
      new Option('-r, --rules <path>', 'rule files or folders, or builtin (default: builtin)').argParser(
        collect,
      ),
    )
    .option('--placeholders <file>', 'values for %placeholders% in rules: a YAML map of names to lists')
}

/** The same for commands that choose among them. */
export function withSelection(command: Command): Command {
  withRules(command)
    .addOption(
      new Option(
        '--include <choice>',
        'only rules with tag=, level=, status=, id=, title= or author=VALUE; * stands for anything',
      ).argParser(collect),
    )
    .addOption(new Option('--exclude <choice>', 'no rules with that').argParser(collect))
    .addOption(new Option('-m, --min-level <level>', 'only rules of this level or above').argParser(level))
    .addOption(new Option('-e, --exact-level <level>', 'only rules of exactly this level').argParser(level))
  for (const key of SEPARATE_KEYS) {
    for (const how of ['include', 'exclude'] as const) {
      const option = new Option(`--${how}-${key} <value>`, `the same as --${how} ${key}=VALUE`)
      command.addOption(
        option
          .argParser((value, before?: readonly string[]) => collect(`${key}=${value}`, before))
          .hideHelp(),
      )
    }
  }
  return command
}

/** Which rules are wanted; `undefined`, with a message and an exit code, if the options do not say. */
export function selectionOf(options: SelectionOptions): Selection | undefined {
  const exact = options.exactLevel === undefined ? [] : [`level=${options.exactLevel}`]
  const include = parseChoices([...choicesOf('include', options), ...exact])
  const exclude = parseChoices(choicesOf('exclude', options))
  for (const problem of [...include.problems, ...exclude.problems]) usageError(problem.message, problem.help)
  if (!include.ok || !exclude.ok) return undefined
  const { minLevel } = options
  return { include: include.value, exclude: exclude.value, ...(minLevel === undefined ? {} : { minLevel }) }
}

function choicesOf(how: 'include' | 'exclude', options: SelectionOptions): readonly string[] {
  const separate = SEPARATE_KEYS.flatMap(key => options[`${how}${SEPARATE[key]}`] ?? [])
  return [...(options[how] ?? []), ...separate]
}

/** The rules that `-r` names, sound or not; `undefined`, with a message, if the placeholders or the context cannot be read. */
export function readRules(
  specs: readonly string[],
  options: RuleOptions,
  context = contextOf(options),
  maps: readonly SourceMap[] = [],
): LoadedRules | undefined {
  if (context === undefined) return undefined
  try {
    const sources = maps.map(({ id }) => id)
    const loaded = loadRules(specs, { ...known(context), ...placeholdersOf(options, context), sources })
    for (const { file, message } of loaded.problems)
      process.stderr.write(`error: ${terminalSafe(file)}: ${message}\n`)
    return loaded
  } catch (error) {
    if (!(error instanceof Error)) throw error
    usageError(terminalSafe(error.message))
    return undefined
  }
}

type Context = Exclude<ReturnType<typeof contextOf>, undefined>

function known(context: Context): LoadOptions {
  return context === 'none' ? {} : { tables: contextTables(context.context) }
}

/** Parameters that have values are placeholders too; a file of placeholders has the last word. */
function placeholdersOf({ placeholders }: RuleOptions, context: Context): LoadOptions {
  const parameters = context === 'none' ? [] : [...context.context.parameters]
  const set = parameters.filter(([, { values }]) => values.length > 0)
  return {
    placeholders: new Map([
      ...set.map(([name, { values }]) => [name, values] as const),
      ...(placeholders === undefined ? [] : readPlaceholders(placeholders)),
    ]),
  }
}

/** The rules to run with; `undefined`, with every reason told, if there is not one. */
export function usableRules(
  options: RuleOptions,
  context = contextOf(options),
  maps: readonly SourceMap[] = [],
): LoadedRules | undefined {
  if (context === undefined) return undefined
  const loaded = readRules(options.rules ?? [BUILTIN], options, context, maps)
  if (loaded === undefined || loaded.rules.length + (loaded.searches ?? []).length > 0) return loaded
  for (const rule of loaded.refused) process.stderr.write(`${printProblems(rule).join('\n\n')}\n\n`)
  usageError(
    'no rule could be loaded',
    'name rule files or folders with -r, or leave it out for the built-in rules',
  )
  return undefined
}

/** The analytics that come with the built-in rules; none if only others were asked for. */
export async function analyticsOf({ rules = [BUILTIN] }: RuleOptions): Promise<readonly Analytic[]> {
  return rules.includes(BUILTIN) ? (await import('../analytics/analytics.ts')).analytics : []
}

/** Says so if none of the rules is chosen: then nothing can be found. */
export function warnOfNone({ rules, searches = [] }: LoadedRules, selection: Selection): void {
  if ([...rules, ...searches].some(({ rule }) => selects(selection, rule.meta))) return
  process.stderr.write('warning: --include, --exclude or the level leaves none of the rules\n')
}

/** The rules that a command's positional arguments name, else `-r`, else the built-in ones. */
export function namedRules(paths: readonly string[], options: RuleOptions): LoadedRules | undefined {
  const specs = [...paths, ...(options.rules ?? [])]
  const loaded = readRules(specs.length === 0 ? [BUILTIN] : specs, options)
  if (loaded !== undefined && countOf(loaded) === 0) {
    usageError('there is no rule', 'name rule files or folders, or builtin')
    return undefined
  }
  if (loaded !== undefined && loaded.problems.length > 0) process.exitCode = EXIT.usage
  return loaded
}

function countOf({ rules, searches = [], refused }: LoadedRules): number {
  return rules.length + searches.length + refused.length
}
