import { Command, Option } from 'commander'
import { printDiagnostic } from '../../core/print-diagnostic.ts'
import { terminalSafe } from '../../core/terminal.ts'
import { explainable, explainSearch } from '../../detect/searches/explain-search.ts'
import { fieldsIn } from '../../detect/searches/fields-in.ts'
import { EXIT, usageError } from '../exit.ts'
import { type ExplainRuleFlags, explainRule, withRuleExplained } from '../explain-rule.ts'
import { interruptible } from '../interrupt.ts'
import { knowledgeOf } from '../knowledge-options.ts'
import { collect } from '../options.ts'
import { MEMORY, type SearchOptions, surroundings, textOrFile, withSearch } from '../search-options.ts'

interface ExplainFlags extends SearchOptions, ExplainRuleFlags {
  readonly from?: readonly string[]
}

/** `nephoscope explain`: a search as it was read, its plan and the SQL that runs; or a rule, as `rules explain` does. */
export function explainCommand(): Command {
  const command = new Command('explain')
    .summary('how a search was read, its plan and its SQL; or what a rule means')
    .description(
      'Prints a search as it was read, with its macros filled in, what is to be said of it, the steps of its plan and the SQL. ' +
        'Without --from the plan is for events that have every field that the search names. Of a rule it prints what rules explain does.',
    )
    .argument('<language>', `${explainable.join(', ')}; or a rule`)
    .argument('[search]', 'the search, or @FILE')
    .optionsGroup('Input:')
    .addOption(
      new Option('--from <input>', 'plan for the fields of these logs; repeatable').argParser(collect),
    )
  return withRuleExplained(withSearch(command)).addHelpText('after', HELP).action(run)
}

const HELP = `
Examples:
  nephoscope explain spl 'eventName=ConsoleLogin | stats count by src_ip'
  nephoscope explain sumo @search.sumo --from ./logs
  nephoscope explain trail-stopped --event trail.json.gz`

async function run(named: string, given: string | undefined, flags: ExplainFlags): Promise<void> {
  const language = explainable.find(one => one === named)
  if (language === undefined && given === undefined) {
    await explainRule(named, flags)
    return
  }
  if (given === undefined) {
    usageError(
      'there is no search to explain',
      `write it behind the language: nephoscope explain ${named} '…'`,
    )
    return
  }
  if (language === undefined) {
    usageError(
      `there is no language "${terminalSafe(named)}" to explain`,
      `the languages are ${explainable.join(', ')}`,
    )
    return
  }
  const text = textOrFile(given)
  const knowledge = text === undefined ? undefined : knowledgeOf(flags)
  const around = knowledge === undefined ? undefined : surroundings(flags, knowledge)
  if (text === undefined || around === undefined) return
  await interruptible(async stop => {
    const { from } = flags
    const events =
      from === undefined ? undefined : await fieldsIn(language, text, from, { around, stop, memory: MEMORY })
    const { sections, problems } = await explainSearch(language, text, {
      ...around,
      ...(events && { events }),
    })
    for (const { title, text: body } of sections)
      process.stdout.write(`${title}\n${indent(safeLines(body))}\n\n`)
    const name = given.startsWith('@') ? given.slice(1) : 'search'
    for (const problem of problems) process.stderr.write(`${printDiagnostic(problem, name, text)}\n`)
    if (problems.some(({ severity }) => severity === 'error')) process.exitCode = EXIT.usage
  })
}

/** Safe line by line: the lines themselves stay. */
function safeLines(text: string): string {
  return text.split('\n').map(terminalSafe).join('\n')
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '  ')
}
