import { Command, Option } from 'commander'
import { counted } from '../../core/quantity.ts'
import { safeJson, terminalSafe } from '../../core/terminal.ts'
import { prepareSearches } from '../../detect/searches/prepare.ts'
import { writeSarif } from '../../output/sarif.ts'
import type { LoadedRules } from '../../rules/load.ts'
import { printProblems } from '../../rules/problem-lines.ts'
import { type FoundSearches, findSearches } from '../../rules/search-texts.ts'
import { selects } from '../../rules/select.ts'
import { checkedRules } from '../checked-rules.ts'
import {
  type CheckedSearch,
  checkableLanguages,
  checkedSearches,
  printCheckedSearches,
  summaryLines,
} from '../checked-searches.ts'
import { EXIT } from '../exit.ts'
import { formatByName } from '../format-name.ts'
import { type LookOptions, withLook } from '../options.ts'
import { withOutput } from '../output.ts'
import { namedRules, type SelectionOptions, selectionOf, withSelection } from '../rule-options.ts'
import { type SearchOptions, surroundings, withTables } from '../search-options.ts'

interface CheckFlags extends SelectionOptions, LookOptions, SearchOptions {
  readonly outputType?: CheckFormat
  readonly json?: boolean
  readonly strict?: boolean
  readonly language?: string
}

const FORMATS = ['text', 'jsonl', 'sarif'] as const
type CheckFormat = (typeof FORMATS)[number]

/** `nephoscope rules check`: every problem with its place; fails if a rule is refused. */
export function rulesCheckCommand(): Command {
  const command = withTables(withSelection(new Command('check')))
  return withLook(command, { names: FORMATS, unasked: 'by the name of -o, else text' })
    .summary('whether rules and searches are sound')
    .description(
      'Parses and checks rules and searches and prints each problem with its place. Exits with 1 if one is refused, with 2 if all are. ' +
        'Takes Sigma rules, .spl and .sumo files, JSON lines {id, language, text}, and folders of any of them.',
    )
    .argument('[paths...]', 'files or folders of rules and searches, or builtin')
    .addOption(
      new Option('--language <name>', 'the language of JSON lines that do not say theirs').choices(
        checkableLanguages,
      ),
    )
    .option('--json', 'the same as -t jsonl: one line a rule')
    .optionsGroup('Exit code:')
    .option('--strict', 'warnings fail too')
    .action(run)
}

async function run(paths: readonly string[], flags: CheckFlags): Promise<void> {
  const { strict: _, ...others } = flags
  const selection = selectionOf(flags)
  const around = selection === undefined ? undefined : surroundings(others)
  if (selection === undefined || around === undefined) return
  const found = findSearches([...paths, ...(flags.rules ?? [])], flags.language)
  const rules = rulesBeside(found, flags)
  if (rules === undefined) return
  for (const { file, message } of found.problems)
    process.stderr.write(`error: ${terminalSafe(`${file}: ${message}`)}\n`)
  if (found.problems.length > 0) process.exitCode = EXIT.usage
  const { rules: ready } = await prepareSearches(rules, around)
  const loaded = {
    ...ready,
    rules: ready.rules.filter(({ rule }) => selects(selection, rule.meta)),
    searches: (ready.searches ?? []).filter(({ rule }) => selects(selection, rule.meta)),
  }
  const searches = await checkedSearches(found.searches, around)
  await withOutput(flags.output, async output => print(loaded, searches, flags, text => output.write(text)))
  const sound = [...ready.rules, ...(ready.searches ?? [])]
  if (sound.length === 0 && !searches.some(({ compiles }) => compiles)) process.exitCode ??= EXIT.usage
  const problems = [...loaded.rules, ...loaded.searches, ...searches].flatMap(one => one.problems)
  const refused = loaded.refused.length > 0 || searches.some(({ compiles }) => !compiles)
  if (refused || (flags.strict === true && problems.length > 0)) process.exitCode ??= EXIT.findings
}

const NO_RULES: LoadedRules = { rules: [], refused: [], problems: [] }

/** The rules that are named; the built-in ones only if no search is. */
function rulesBeside(
  { others, searches, problems }: FoundSearches,
  flags: CheckFlags,
): LoadedRules | undefined {
  const { rules: _, ...rest } = flags
  return others.length === 0 && searches.length + problems.length > 0 ? NO_RULES : namedRules(others, rest)
}

function print(
  loaded: LoadedRules,
  searches: readonly CheckedSearch[],
  flags: CheckFlags,
  write: (text: string) => void,
): void {
  const type = flags.json === true ? 'jsonl' : (flags.outputType ?? formatByName(FORMATS, flags.output))
  const all = [...checkedRules(loaded), ...searches.map(({ text: _, ...checked }) => checked)]
  if (type === 'sarif') writeSarif(all, write)
  else if (type === 'jsonl') for (const rule of all) write(`${safeJson(rule)}\n`)
  else {
    if (countOf(loaded) > 0 || searches.length === 0) printText(loaded, write)
    printCheckedSearches(searches, write)
    return
  }
  if (flags.quiet !== true) for (const line of summaryLines(searches)) process.stderr.write(`${line}\n`)
}

function countOf({ rules, searches = [], refused }: LoadedRules): number {
  return rules.length + searches.length + refused.length
}

function printText(loaded: LoadedRules, write: (text: string) => void): void {
  const all = [...loaded.rules, ...(loaded.searches ?? [])]
  for (const { rule, problems, source } of all) {
    for (const text of printProblems({ problems, source, file: rule.origin.file })) write(`${text}\n\n`)
  }
  for (const rule of loaded.refused) for (const text of printProblems(rule)) write(`${text}\n\n`)
  const warnings = all.reduce((sum, { problems }) => sum + problems.length, 0)
  const parts = (['correlation', 'search'] as const).flatMap(kind => {
    const count = all.filter(({ rule }) => rule.kind === kind).length
    return count === 0 ? [] : [`${count} of them ${kind === 'search' ? 'searches' : 'correlations'}`]
  })
  const more = parts.length === 0 ? '' : ` (${parts.join(', ')})`
  const sound = `${counted(all.length, 'rule')} sound${more}`
  write(`${sound}, ${loaded.refused.length} refused, ${counted(warnings, 'warning')}\n`)
}
