import { Command } from 'commander'
import { counted } from '../../core/quantity.ts'
import { terminalSafe } from '../../core/terminal.ts'
import { runSearchFixtures } from '../../detect/searches/fixtures.ts'
import { prepareSearches } from '../../detect/searches/prepare.ts'
import type { Rule } from '../../plan/rule.ts'
import { type FixtureResult, runFixtures } from '../../rules/fixtures.ts'
import type { LoadedRule } from '../../rules/load.ts'
import { selects } from '../../rules/select.ts'
import { runStateFixtures } from '../../rules/state-fixtures.ts'
import { EXIT } from '../exit.ts'
import { namedRules, type SelectionOptions, selectionOf, withSelection } from '../rule-options.ts'
import { surroundings, type TableOptions, withTables } from '../search-options.ts'

/** `nephoscope rules test`: runs the events on the page beside each rule. */
export function rulesTestCommand(): Command {
  return withTables(withSelection(new Command('test')))
    .summary('run the events that stand on the page beside each rule')
    .description(
      'Each rule NAME.yml may have a page NAME.md beside it, with events as ```json blocks under "## Matches" and ' +
        '"## Does not match"; for a correlation ```jsonl blocks, each a list of events, for a search blocks of either, or ```log, each a log. Exits with 1 if a rule does otherwise than its page says, or is refused.',
    )
    .argument('[paths...]', 'rule files or folders, or builtin')
    .optionsGroup('Exit code:')
    .option('--need-pages', 'a rule without a page, or with fewer than one event of each kind, fails')
    .action(run)
}

async function run(
  paths: readonly string[],
  options: SelectionOptions & TableOptions & { readonly needPages?: boolean },
): Promise<void> {
  const selection = selectionOf(options)
  const named = selection === undefined ? undefined : namedRules(paths, options)
  const around = named === undefined ? undefined : surroundings({ ...options, strict: false })
  if (selection === undefined || named === undefined || around === undefined) return
  const { rules: loaded, prepared } = await prepareSearches(named, around)
  const needPages = options.needPages === true
  const results = loaded.rules
    .filter(({ rule }) => selects(selection, rule.meta))
    .flatMap(rule => resultsOf(rule, loaded.rules, needPages))
  for (const search of prepared.filter(({ rule }) => selects(selection, rule.meta))) {
    const { rule, source } = search
    const fixtures = source === undefined ? undefined : await runSearchFixtures(search, source, around)
    results.push(...fixtureResults(rule.meta.title, fixtures, needPages))
  }
  const failed = results.filter(result => result.failure !== undefined)
  for (const { title, failure } of failed)
    process.stdout.write(`FAIL ${terminalSafe(title)}: ${terminalSafe(failure ?? '')}\n`)
  const untested = results.filter(result => result.events === 0 && result.failure === undefined).length
  const passed = results.reduce((sum, result) => sum + result.events, 0) - failed.length
  process.stdout.write(
    `${counted(passed, 'event')} passed, ${failed.length} failed; ${counted(untested, 'rule')} without events; ${counted(loaded.refused.length, 'rule')} refused\n`,
  )
  if (loaded.rules.length + prepared.length === 0) process.exitCode ??= EXIT.usage
  if (failed.length > 0 || loaded.refused.length > 0) process.exitCode ??= EXIT.findings
}

interface TestResult {
  readonly title: string
  readonly events: number
  readonly failure?: string
}

function resultsOf(
  { rule, source }: LoadedRule,
  all: readonly LoadedRule[],
  needPages: boolean,
): readonly TestResult[] {
  const { title } = rule.meta
  const fixtures =
    source === undefined
      ? undefined
      : rule.kind === 'detection'
        ? runFixtures(rule, source)
        : // A part of another correlation in the same file has no events of its own.
          servesAnother(rule, all)
          ? []
          : runStateFixtures(
              rule,
              all.map(one => one.rule),
              source,
            )
  return fixtureResults(title, fixtures, needPages && !servesAnother(rule, all))
}

function fixtureResults(
  title: string,
  fixtures: readonly FixtureResult[] | undefined,
  needPages: boolean,
): readonly TestResult[] {
  const complete = [true, false].every(
    wanted => fixtures?.some(fixture => fixture.wanted === wanted) === true,
  )
  const missing = needPages && !complete
  if (missing) return [{ title, events: 1, failure: 'it needs a page with an event of each kind' }]
  if (fixtures === undefined || fixtures.length === 0) return [{ title, events: 0 }]
  return fixtures.map(fixture => ({ title, events: 1, ...failureOf(fixture) }))
}

function servesAnother({ meta, origin }: Rule, all: readonly LoadedRule[]): boolean {
  return all.some(
    ({ rule }) =>
      rule.kind === 'correlation' && rule.rules.includes(meta.id) && rule.origin.file === origin.file,
  )
}

function failureOf({ name, wanted, got, problem }: FixtureResult): { failure?: string } {
  if (problem !== undefined) return { failure: `${name}: ${problem}` }
  return got === wanted ? {} : { failure: `${name}: the rule ${wanted ? 'does not match' : 'matches'}` }
}
