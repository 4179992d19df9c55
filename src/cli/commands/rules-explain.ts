import { existsSync } from 'node:fs'
import { basename, extname } from 'node:path'
import { Command, InvalidArgumentError, Option } from 'commander'
import { nearest } from '../../core/nearest.ts'
import { terminalSafe } from '../../core/terminal.ts'
import { print } from '../../plan/print.ts'
import { printState } from '../../plan/print-state.ts'
import { BUILTIN } from '../../rules/find.ts'
import type { LoadedRule } from '../../rules/load.ts'
import { printProblems } from '../../rules/load.ts'
import { explain } from '../../scan/explain.ts'
import { sourcesFor } from '../../sources/sources.ts'
import { analyticLines } from '../analytic-lines.ts'
import { eventsIn, type NumberedEvent } from '../events-in.ts'
import { usageError } from '../exit.ts'
import { analyticsOf, namedRules, type RuleOptions, readRules, withRules } from '../rule-options.ts'
import { verdictLines } from '../verdict-lines.ts'

interface ExplainFlags extends RuleOptions {
  readonly event?: string
  readonly record?: number
}

/** Events that are looked at unless `--record` names one. */
const MOST_EVENTS = 20

/** `nephoscope rules explain`: from text to plan, and for an event which test was true, which false, and why. */
export function rulesExplainCommand(): Command {
  return withRules(new Command('explain'))
    .summary('what a rule means, and why it does or does not match an event')
    .description(
      'Prints the text of a rule, the logs that it is about and the condition that runs. With --event it says of each part ' +
        'of the condition whether it held (+) or not (-), and which values it saw.',
    )
    .argument('<rule>', 'a rule file, or the id, title or file name of a rule among -r')
    .optionsGroup('Event:')
    .option('--event <file>', 'a file with events, in any form that hunt reads; - for standard input')
    .addOption(
      new Option('--record <number>', 'only this record of it, counted from 0 as in evidence').argParser(
        recordNumber,
      ),
    )
    .addHelpText('after', HELP)
    .action(run)
}

const HELP = `
Examples:
  nephoscope rules explain trail-stopped
  nephoscope rules explain my-rule.yml --event trail.json.gz --record 35`

async function run(name: string, flags: ExplainFlags): Promise<void> {
  const analytic = analyticsOf(flags).find(({ meta }) => isNamed(meta, name))
  if (analytic !== undefined) {
    for (const line of analyticLines(analytic)) process.stdout.write(`${terminalSafe(line)}\n`)
    return
  }
  const found = rulesNamed(name, flags)
  const events = found === undefined ? undefined : await eventsOf(flags)
  if (found === undefined || events === undefined) return
  for (const rule of found) {
    process.stdout.write(describe(rule))
    for (const event of events) process.stdout.write(onEvent(rule, event))
  }
}

function isNamed({ id, name, title }: LoadedRule['rule']['meta'], wanted: string): boolean {
  return [id, name, title].some(text => text?.toLowerCase() === wanted.toLowerCase())
}

async function eventsOf({ event, record }: ExplainFlags): Promise<readonly NumberedEvent[] | undefined> {
  if (event === undefined) return []
  try {
    return await eventsIn(event, { most: MOST_EVENTS, ...(record === undefined ? {} : { record }) })
  } catch (error) {
    if (!(error instanceof Error)) throw error
    usageError(terminalSafe(`--event: ${error.message}`))
    return undefined
  }
}

function rulesNamed(name: string, options: RuleOptions): readonly LoadedRule[] | undefined {
  if (existsSync(name)) return namedRules([name], options)?.rules
  const loaded = readRules(options.rules ?? [BUILTIN], options)
  if (loaded === undefined) return undefined
  const wanted = name.toLowerCase()
  const found = loaded.rules.filter(({ rule }) => namesOf(rule).includes(wanted))
  if (found.length > 0) return found
  const refused = loaded.refused.filter(rule =>
    [rule.id, rule.title].some(text => text.toLowerCase() === wanted),
  )
  for (const rule of refused) process.stderr.write(`${printProblems(rule).join('\n\n')}\n`)
  const close = nearest(
    wanted,
    loaded.rules.flatMap(({ rule }) => namesOf(rule)),
  )
  usageError(
    `there is no sound rule "${terminalSafe(name)}"`,
    close === undefined
      ? 'name a rule file, or an id or title that nephoscope rules list shows'
      : `did you mean "${terminalSafe(close)}"?`,
  )
  return undefined
}

/** What people may call a rule, in lower case: `builtin:aws/trail-stopped.yml` is `trail-stopped` too. */
function namesOf({ meta, origin }: LoadedRule['rule']): readonly string[] {
  const stem = basename(origin.file, extname(origin.file))
  return [meta.id, meta.title, meta.name, origin.file, stem].flatMap(text => text?.toLowerCase() ?? [])
}

function describe({ rule, source, problems }: LoadedRule): string {
  const { meta, origin } = rule
  const text = documentText(source?.text ?? '', origin.document)
  const head = `${meta.title}\n${meta.id} · ${meta.level} · ${origin.file}:${origin.line}\n`
  const warnings = printProblems({ problems, source, file: origin.file }).map(one => `${one}\n`)
  return `${safeLines(head)}\n1. text\n${indent(safeLines(text.trim()))}\n\n2. logs\n${indent(logsOf(rule))}\n\n3. plan\n${indent(safeLines(planOf(rule)))}\n\n${warnings.join('\n')}`
}

/** Safe line by line: the lines themselves stay. */
function safeLines(text: string): string {
  return text.split('\n').map(terminalSafe).join('\n')
}

function planOf(rule: LoadedRule['rule']): string {
  if (rule.kind === 'detection') return print(rule.where)
  return printState(rule)
}

function logsOf(rule: LoadedRule['rule']): string {
  if (rule.kind === 'correlation') return 'those of its base rules'
  const { product, category, service } = rule.logsource
  const asked = [product, category, service].filter(word => word !== undefined).join(' / ') || 'any'
  const answering = sourcesFor(rule.logsource).map(source => source.title)
  return `${terminalSafe(asked)} -> ${answering.join(', ') || 'no log source that is read yet'}`
}

/** One document of a text that may hold several. */
function documentText(text: string, document: number): string {
  return text.split(/^---.*$/m).filter(part => part.trim() !== '')[document] ?? text
}

function onEvent({ rule }: LoadedRule, { event, number }: NumberedEvent): string {
  if (rule.kind === 'correlation') return ''
  const verdict = explain(rule.where, event)
  const lines = verdictLines(verdict).map(terminalSafe)
  return `4. on record ${number}: ${verdict.holds ? 'matches' : 'does not match'}\n${indent(lines.join('\n'))}\n\n`
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '   ')
}

function recordNumber(text: string): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 0)
    throw new InvalidArgumentError('It is a whole number from 0 on.')
  return number
}
