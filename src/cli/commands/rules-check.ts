import { Command } from 'commander'
import { counted } from '../../core/quantity.ts'
import { writeSarif } from '../../output/sarif.ts'
import type { LoadedRules } from '../../rules/load.ts'
import { printProblems } from '../../rules/load.ts'
import { selects } from '../../rules/select.ts'
import { checkedRules } from '../checked-rules.ts'
import { EXIT } from '../exit.ts'
import { formatByName } from '../format-name.ts'
import { type LookOptions, withLook } from '../options.ts'
import { withOutput } from '../output.ts'
import { namedRules, type SelectionOptions, selectionOf, withSelection } from '../rule-options.ts'

interface CheckFlags extends SelectionOptions, LookOptions {
  readonly outputType?: CheckFormat
  readonly json?: boolean
  readonly strict?: boolean
}

const FORMATS = ['text', 'jsonl', 'sarif'] as const
type CheckFormat = (typeof FORMATS)[number]

/** `nephoscope rules check`: every problem with its place; fails if a rule is refused. */
export function rulesCheckCommand(): Command {
  const command = withSelection(new Command('check'))
  return withLook(command, { names: FORMATS, unasked: 'by the name of -o, else text' })
    .summary('whether the rules are sound')
    .description(
      'Parses and checks rules and prints each problem with its place. Exits with 1 if a rule is refused, with 2 if all are.',
    )
    .argument('[paths...]', 'rule files or folders, or builtin')
    .option('--json', 'the same as -t jsonl: one line a rule')
    .optionsGroup('Exit code:')
    .option('--strict', 'warnings fail too')
    .action(run)
}

async function run(paths: readonly string[], flags: CheckFlags): Promise<void> {
  const selection = selectionOf(flags)
  const found = selection === undefined ? undefined : namedRules(paths, flags)
  if (selection === undefined || found === undefined) return
  const loaded = { ...found, rules: found.rules.filter(({ rule }) => selects(selection, rule.meta)) }
  await withOutput(flags.output, async output => print(loaded, flags, text => output.write(text)))
  if (found.rules.length === 0) process.exitCode ??= EXIT.usage
  const warned = loaded.rules.some(({ problems }) => problems.length > 0)
  if (loaded.refused.length > 0 || (flags.strict === true && warned)) process.exitCode ??= EXIT.findings
}

function print(loaded: LoadedRules, flags: CheckFlags, write: (text: string) => void): void {
  const type = flags.json === true ? 'jsonl' : (flags.outputType ?? formatByName(FORMATS, flags.output))
  if (type === 'sarif') writeSarif(checkedRules(loaded), write)
  else if (type === 'jsonl') for (const rule of checkedRules(loaded)) write(`${JSON.stringify(rule)}\n`)
  else printText(loaded, write)
}

function printText(loaded: LoadedRules, write: (text: string) => void): void {
  for (const { rule, problems, source } of loaded.rules) {
    for (const text of printProblems({ problems, source, file: rule.origin.file })) write(`${text}\n\n`)
  }
  for (const rule of loaded.refused) for (const text of printProblems(rule)) write(`${text}\n\n`)
  const warnings = loaded.rules.reduce((sum, { problems }) => sum + problems.length, 0)
  const correlations = loaded.rules.filter(({ rule }) => rule.kind === 'correlation').length
  const more = correlations === 0 ? '' : ` (${correlations} of them correlations)`
  const sound = `${counted(loaded.rules.length, 'rule')} sound${more}`
  write(`${sound}, ${loaded.refused.length} refused, ${counted(warnings, 'warning')}\n`)
}
