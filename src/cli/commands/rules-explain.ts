import { existsSync, readFileSync } from 'node:fs'
import { Command } from 'commander'
import type { Json, JsonObject } from '../../core/json.ts'
import { terminalSafe } from '../../core/terminal.ts'
import { print } from '../../plan/print.ts'
import { BUILTIN } from '../../rules/find.ts'
import type { LoadedRule } from '../../rules/load.ts'
import { printProblems } from '../../rules/load.ts'
import { explain } from '../../scan/explain.ts'
import { sourcesFor } from '../../sources/sources.ts'
import { unwrap } from '../../sources/unwrap.ts'
import { usageError } from '../exit.ts'
import { namedRules, type RuleOptions, readRules, withRules } from '../rule-options.ts'
import { verdictLines } from '../verdict-lines.ts'

/** `nephoscope rules explain`: from text to plan, and for an event which test was true, which false, and why. */
export function rulesExplainCommand(): Command {
  return withRules(new Command('explain'))
    .summary('what a rule means, and why it does or does not match an event')
    .argument('<rule>', 'a rule file, or the id or title of a rule among -r')
    .option('--event <file>', 'an event (JSON, or - for standard input) to evaluate the rule on')
    .action(run)
}

function run(name: string, options: RuleOptions & { readonly event?: string }): void {
  const found = rulesNamed(name, options)
  if (found === undefined) return
  const events = options.event === undefined ? undefined : readEventsOf(options.event)
  if (options.event !== undefined && events === undefined) return
  for (const rule of found) {
    process.stdout.write(describe(rule))
    for (const [number, event] of (events ?? []).entries()) process.stdout.write(onEvent(rule, event, number))
  }
}

function rulesNamed(name: string, options: RuleOptions): readonly LoadedRule[] | undefined {
  if (existsSync(name)) return namedRules([name], options)?.rules
  const loaded = readRules(options.rules ?? [BUILTIN], options)
  const wanted = name.toLowerCase()
  const found = loaded?.rules.filter(({ rule }) =>
    [rule.meta.id, rule.meta.title, rule.meta.name].some(text => text?.toLowerCase() === wanted),
  )
  if (found !== undefined && found.length > 0) return found
  const refused =
    loaded?.refused.filter(rule => [rule.id, rule.title].some(text => text.toLowerCase() === wanted)) ?? []
  for (const rule of refused) process.stderr.write(`${printProblems(rule).join('\n\n')}\n`)
  usageError(
    `there is no sound rule "${terminalSafe(name)}"`,
    'name a rule file, or an id or title that nephoscope rules list shows',
  )
  return undefined
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
  const { type, rules, groupBy, timespan, condition } = rule
  const bounds = condition.map(({ order, value }) => `${order} ${value}`).join(', ')
  return `${type} of ${rules.join(', ')}\n  by ${groupBy.join(', ') || 'nothing'} within ${timespan / 1000} s${bounds === '' ? '' : `: ${bounds}`}\ncorrelations are checked, and not run yet`
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

function onEvent({ rule }: LoadedRule, event: JsonObject, number: number): string {
  if (rule.kind === 'correlation') return ''
  const verdict = explain(rule.where, event)
  const lines = verdictLines(verdict).map(terminalSafe)
  return `4. on event ${number}: ${verdict.holds ? 'matches' : 'does not match'}\n${indent(lines.join('\n'))}\n\n`
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '   ')
}

/** The events of a file; an object of no known kind is taken as it is. */
function readEventsOf(file: string): readonly JsonObject[] | undefined {
  try {
    const value = JSON.parse(readFileSync(file === '-' ? 0 : file, 'utf8')) as Json
    const events: JsonObject[] = []
    unwrap(value, item => {
      if (item.kind === 'event') events.push(item.record)
    })
    if (events.length > 0) return events
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return [value as JsonObject]
    usageError(`there is no event in ${terminalSafe(file)}`)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    usageError(terminalSafe(`--event: ${error.message}`))
  }
  return undefined
}
