import { existsSync, readFileSync } from 'node:fs'
import { isObject, type Json, type JsonObject } from '../core/json.ts'
import { isoTime, parseDuration, parseTime } from '../core/time.ts'
import type { DetectionRule, Rule } from '../plan/rule.ts'
import type { CorrelationRule } from '../plan/state-rule.ts'
import { compile } from '../scan/compile.ts'
import { sources } from '../sources/sources.ts'
import { fieldsNeeded } from '../state/needs.ts'
import type { Detection, Signal } from '../state/signal.ts'
import { compareSignals, StateRun } from '../state/state-run.ts'
import { below } from './below.ts'
import { textsOf, timeOf } from './event-facts.ts'
import type { RuleText } from './find.ts'
import type { FixtureResult } from './fixtures.ts'
import { readPage } from './page.ts'
import { pageEvent } from './page-event.ts'

/** The lists of events on the page of a rule that remembers: `undefined` if there is no page beside it. */
export function runStateFixtures(
  rule: CorrelationRule,
  rules: readonly Rule[],
  source: RuleText,
): readonly FixtureResult[] | undefined {
  const path = source.path.replace(/\.ya?ml$/i, '.md')
  if (path === source.path || !existsSync(path)) return undefined
  const page = readPage(readFileSync(path, 'utf8'))
  const machine = new FixtureRun(rule, rules)
  const run = (texts: readonly string[], wanted: boolean, heading: string): readonly FixtureResult[] =>
    texts.map((text, at) => ({ name: `${heading} ${at + 1}`, wanted, ...machine.verdict(text) }))
  return [...run(page.matchesTogether, true, 'Matches'), ...run(page.missesTogether, false, 'Does not match')]
}

/** A rule with all that it is over. */
class FixtureRun {
  private readonly rule: CorrelationRule
  private readonly correlations: readonly CorrelationRule[]
  private readonly bases: readonly { readonly id: string; readonly test: (event: JsonObject) => boolean }[]
  private readonly fields: ReadonlyMap<string, readonly string[]>

  constructor(rule: CorrelationRule, rules: readonly Rule[]) {
    const over = below(rule, new Map(rules.map(one => [one.meta.id, one])))
    this.rule = rule
    this.correlations = over.filter(one => one.kind === 'correlation')
    this.bases = over
      .filter((one): one is DetectionRule => one.kind === 'detection')
      .map(({ meta, where }) => ({ id: meta.id, test: compile(where) }))
    this.fields = fieldsNeeded(this.correlations)
  }

  verdict(text: string): Pick<FixtureResult, 'got' | 'problem'> {
    try {
      return { got: this.detects(text.split('\n').flatMap(eventsOfLine).map(pageEvent)) }
    } catch (error) {
      if (error instanceof SyntaxError) return { problem: error.message }
      throw error
    }
  }

  private detects(events: readonly JsonObject[]): boolean {
    const signals = events.flatMap((event, place) => this.signalsOf(event, place)).sort(compareSignals)
    const found: Detection[] = []
    const run = new StateRun({
      rules: this.correlations,
      observable: () => true,
      found: detection => found.push(detection),
    })
    for (let at = 0; at < signals.length; ) {
      const time = signals[at]?.time ?? 0
      let end = at
      while (signals[end]?.time === time) end++
      run.take(time, signals.slice(at, end))
      at = end
    }
    run.finish(Math.max(0, ...events.map(event => timeOfPage(event) ?? 0)))
    return found.some(({ rule }) => rule === this.rule.meta.id)
  }

  private signalsOf(event: JsonObject, place: number): readonly Signal[] {
    const time = timeOfPage(event)
    if (time === undefined) return []
    return this.bases
      .filter(({ test }) => test(event))
      .map(({ id: rule }) => ({
        rule,
        time,
        id: String(event['eventID'] ?? place),
        evidence: place,
        values: Object.fromEntries(
          (this.fields.get(rule) ?? []).map(name => [name, textsOf(event, name)] as const),
        ),
      }))
  }
}

function timeOfPage(event: JsonObject): number | undefined {
  return timeOf(
    event,
    sources.find(one => one.recognises(event)),
  )
}

const MOST = 10_000

/**
 * A line is an event, or `{"times": 12, "every": "10s", "event": …}`: so many, one after the other, in whose texts `{n}` is
 * the number from 1 on.
 */
function eventsOfLine(line: string): readonly JsonObject[] {
  if (line.trim() === '') return []
  const told = JSON.parse(line) as Json
  if (!isObject(told)) throw new SyntaxError('a line is not a JSON object')
  const { times, every, event } = told
  if (typeof times !== 'number' || !isObject(event)) return [told]
  const gap = parseDuration(String(every))
  if (gap === undefined || times > MOST)
    throw new SyntaxError(`a line asks for ${times} events, one every ${every}`)
  return Array.from({ length: times }, (_, place) => repeated(event, place + 1, gap * place))
}

/** Under which logs have their time. */
const TIMES = ['eventTime', 'time', 'timestamp', 'CreationTime'] as const

/** The event of that number, so many ms later. */
function repeated(event: JsonObject, number: number, later: number): JsonObject {
  const text = JSON.stringify(event).replaceAll('{n}', String(number))
  const copy = JSON.parse(text) as { [name: string]: Json }
  const { eventID, start } = copy
  for (const name of TIMES) {
    const time = copy[name]
    if (typeof time === 'string') copy[name] = isoTime((parseTime(time) ?? 0) + later)
  }
  if (typeof eventID === 'string') copy['eventID'] = `${eventID}-${number}`
  if (typeof start === 'string') copy['start'] = String(Number(start) + later / 1000)
  return copy
}
