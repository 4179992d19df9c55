import { existsSync } from 'node:fs'
import { basename, extname } from 'node:path'
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Geo } from '../context/geo.ts'
import { geoValues, withGeo } from '../context/geo-fields.ts'
import { nearest } from '../core/nearest.ts'
import { counted } from '../core/quantity.ts'
import { terminalSafe } from '../core/terminal.ts'
import { explainState } from '../detect/explain-state.ts'
import { print } from '../plan/print.ts'
import { printState } from '../plan/print-state.ts'
import type { CorrelationRule, DetectionRule } from '../plan/rule.ts'
import { BUILTIN } from '../rules/find.ts'
import type { LoadedRule } from '../rules/load.ts'
import { printProblems } from '../rules/problem-lines.ts'
import { explain } from '../scan/explain.ts'
import { sourcesFor } from '../sources/sources.ts'
import { analyticLines } from './analytic-lines.ts'
import { eventsIn, type NumberedEvent } from './events-in.ts'
import { usageError } from './exit.ts'
import { type GeoOptions, geoOf, withPlaces } from './knowledge-options.ts'
import { analyticsOf, namedRules, type RuleOptions, readRules, withRules } from './rule-options.ts'
import { type SourceMapOptions, sourceMapOption, sourceMapsOf } from './source-map-options.ts'
import { stateLines } from './state-lines.ts'
import { verdictLines } from './verdict-lines.ts'

export interface ExplainRuleFlags extends RuleOptions, SourceMapOptions, GeoOptions {
  readonly event?: string
  readonly record?: number
}

/** Events that are looked at unless `--record` names one, and of a rule that remembers. */
const MOST_EVENTS = 20
const MOST_TOGETHER = 10_000

/** Adds what says which rules are meant, and on which events. */
export function withRuleExplained(command: Command): Command {
  return withPlaces(withRules(command))
    .optionsGroup('Event:')
    .option('--event <file>', 'a file with events, in any form that hunt reads; - for standard input')
    .addOption(
      new Option('--record <number>', 'only this record of it, counted from 0 as in evidence').argParser(
        recordNumber,
      ),
    )
    .addOption(sourceMapOption())
}

/** Prints a rule from its text to its plan, and for events which test was true, which false, and why. */
export async function explainRule(name: string, flags: ExplainRuleFlags): Promise<void> {
  const analytics = await analyticsOf(flags)
  const analytic = analytics.find(({ meta }) => isNamed(meta, name))
  if (analytic !== undefined) {
    for (const line of analyticLines(analytic)) process.stdout.write(`${terminalSafe(line)}\n`)
    return
  }
  const named = rulesNamed(name, flags)
  const events = named === undefined ? undefined : await eventsOf(named.found, flags)
  if (named === undefined || events === undefined) return
  for (const rule of named.found) {
    process.stdout.write(describe(rule))
    if (rule.rule.kind === 'correlation') process.stdout.write(onEvents(rule.rule, named.all, events))
    else if (!serves(rule, named.found))
      for (const event of events.slice(0, MOST_EVENTS)) process.stdout.write(onEvent(rule.rule, event))
  }
}

/** What it says of events is said with the rule over it. */
function serves({ rule }: LoadedRule, found: readonly LoadedRule[]): boolean {
  return found.some(({ rule: other }) => other.kind === 'correlation' && other.rules.includes(rule.meta.id))
}

function isNamed({ id, name, title }: LoadedRule['rule']['meta'], wanted: string): boolean {
  return [id, name, title].some(text => text?.toLowerCase() === wanted.toLowerCase())
}

/** With what is known of their addresses. */
async function eventsOf(
  rules: readonly LoadedRule[],
  { event, record, ...flags }: ExplainRuleFlags,
): Promise<readonly NumberedEvent[] | undefined> {
  if (event === undefined) return []
  const maps = sourceMapsOf(flags)
  const geo = geoOf(flags)
  if (maps === undefined || geo === undefined) return undefined
  const most = rules.some(({ rule }) => rule.kind === 'correlation') ? MOST_TOGETHER : MOST_EVENTS
  try {
    const events = await eventsIn(event, { most, maps, ...(record === undefined ? {} : { record }) })
    if (events.length >= MOST_TOGETHER)
      process.stderr.write(`warning: only the first ${MOST_TOGETHER} events are looked at\n`)
    return geo === 'none' ? events : events.map(one => located(one, geo))
  } catch (error) {
    if (!(error instanceof Error)) throw error
    usageError(terminalSafe(`--event: ${error.message}`))
    return undefined
  }
}

function located(numbered: NumberedEvent, geo: Geo): NumberedEvent {
  const { event, source } = numbered
  const address = source?.normalise(event).address
  return address === undefined ? numbered : { ...numbered, event: withGeo(event, geoValues(geo, address)) }
}

interface Named {
  readonly found: readonly LoadedRule[]
  /** All that were read: correlations are over others of them. */
  readonly all: readonly LoadedRule[]
}

function rulesNamed(name: string, options: RuleOptions): Named | undefined {
  if (existsSync(name)) {
    const own = namedRules([name], options)?.rules
    if (own === undefined) return undefined
    // Those of -r are there for it to be over.
    const found = (options.rules ?? []).length === 0 ? own : own.filter(one => one.source?.path === name)
    return { found, all: own }
  }
  const loaded = readRules(options.rules ?? [BUILTIN], options)
  if (loaded === undefined) return undefined
  const wanted = name.toLowerCase()
  const found = loaded.rules.filter(({ rule }) => namesOf(rule).includes(wanted))
  if (found.length > 0) return { found, all: loaded.rules }
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

function onEvents(
  rule: CorrelationRule,
  all: readonly LoadedRule[],
  events: readonly NumberedEvent[],
): string {
  if (events.length === 0) return ''
  const explained = explainState(
    rule,
    all.map(one => one.rule),
    events,
  )
  const lines = stateLines(explained).map(terminalSafe)
  return `4. on ${counted(events.length, 'event')}\n${indent(lines.join('\n'))}\n\n`
}

function onEvent(rule: DetectionRule, { event, number }: NumberedEvent): string {
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
