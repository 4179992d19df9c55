import { Command, Option } from 'commander'
import type { Analytic } from '../../analytics/analytic.ts'
import { techniquesOf } from '../../attack/techniques.ts'
import { counted } from '../../core/quantity.ts'
import { safeJson, terminalSafe } from '../../core/terminal.ts'
import type { Rule } from '../../plan/rule.ts'
import { BUILTIN } from '../../rules/find.ts'
import type { SearchRule } from '../../rules/search-rule.ts'
import { selects } from '../../rules/select.ts'
import {
  analyticsOf,
  namedRules,
  type SelectionOptions,
  selectionOf,
  withSelection,
} from '../rule-options.ts'

/** `nephoscope rules list`: one line a rule. */
export function rulesListCommand(): Command {
  return withSelection(new Command('list'))
    .summary('the rules, one a line')
    .argument('[paths...]', 'rule files or folders, or builtin')
    .optionsGroup('Output:')
    .addOption(
      new Option('-t, --output-type <format>', 'how to print').choices(['table', 'jsonl']).default('table'),
    )
    .action(run)
}

async function run(
  paths: readonly string[],
  options: SelectionOptions & { readonly outputType: string },
): Promise<void> {
  const selection = selectionOf(options)
  const loaded = selection === undefined ? undefined : namedRules(paths, options)
  if (selection === undefined || loaded === undefined) return
  const rules = loaded.rules.map(({ rule }) => rule).filter(rule => selects(selection, rule.meta))
  for (const rule of rules)
    process.stdout.write(options.outputType === 'jsonl' ? jsonLine(rule) : tableLine(rule))
  const searches = (loaded.searches ?? []).filter(({ rule }) => selects(selection, rule.meta))
  for (const { rule } of searches)
    process.stdout.write(options.outputType === 'jsonl' ? jsonLine(rule) : tableLine(rule))
  const others = paths.length === 0 || paths.includes(BUILTIN) ? await analyticsOf(options) : []
  const { include, exclude } = selection
  const chosen = others.filter(({ meta }) => selects({ include, exclude }, meta))
  for (const analytic of chosen)
    process.stdout.write(options.outputType === 'jsonl' ? analyticJson(analytic) : analyticLine(analytic))
  const refused =
    loaded.refused.length === 0 ? '' : `; ${loaded.refused.length} refused, see nephoscope rules check`
  process.stderr.write(`${counted(rules.length + searches.length + chosen.length, 'rule')}${refused}\n`)
}

function tableLine({ meta, kind }: Rule | SearchRule): string {
  const attack = techniquesOf(meta.tags).join(' ')
  const note = kind === 'detection' ? '' : `  (${kind})`
  return `${meta.level.padEnd(14)}${attack.padEnd(22)} ${terminalSafe(meta.title)}${note}  ${terminalSafe(meta.id)}\n`
}

function analyticLine({ meta }: Analytic): string {
  const attack = techniquesOf(meta.tags).join(' ')
  return `${meta.level.padEnd(14)}${attack.padEnd(22)} ${terminalSafe(meta.title)}  (analytic)  ${terminalSafe(meta.id)}\n`
}

function analyticJson({ meta }: Analytic): string {
  const { id, title, level, status, tags } = meta
  return `${safeJson({ id, title, kind: 'analytic', level, status, attack: techniquesOf(tags), tags, file: BUILTIN })}\n`
}

function jsonLine({ meta, kind, origin }: Rule | SearchRule): string {
  const { id, title, level, status, tags } = meta
  return `${safeJson({ id, title, kind, level, status, attack: techniquesOf(tags), tags, file: origin.file })}\n`
}
