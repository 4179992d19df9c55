import type { JsonObject } from '../core/json.ts'
import type { Expr } from '../plan/expr.ts'
import { compile, type EventTest } from './compile.ts'
import { FieldIndex } from './field-index.ts'
import { type Guard, type GuardCost, guardsOf } from './guard.ts'
import { KeywordIndex } from './keyword-index.ts'
import { expectedCost, measuredCost, type Sampled } from './selectivity.ts'

/** Events after which the rules are filed anew, by what was seen of the data. */
const LEARN_AT: readonly number[] = [256, 8192]
const SAMPLE = 256

/**
 * Finds the rules that match an event without asking each: a rule is filed under its most selective leaf, and only
 * the rules under the values that the event has are evaluated. Which leaf that is is measured on the events
 * themselves; it changes the speed, never the result.
 */
export class RuleIndex {
  private readonly conditions: readonly Expr[]
  private readonly tests: readonly EventTest[]
  private fields: readonly FieldIndex[] = []
  private keywords = new KeywordIndex()
  private always: readonly number[] = []
  private readonly stamps: Uint32Array
  private epoch = 0
  private found: number[] = []
  private event: JsonObject = {}
  private sample: Sampled[] = []
  private seen = 0

  /** @param wrap Put around each rule's test, for measuring what it costs. */
  constructor(
    rules: readonly { readonly where: Expr }[],
    wrap: (test: EventTest, rule: number) => EventTest = test => test,
  ) {
    this.conditions = rules.map(rule => rule.where)
    this.tests = this.conditions.map((where, rule) => wrap(compile(where), rule))
    this.stamps = new Uint32Array(rules.length)
    this.file(expectedCost)
  }

  /** Places of the rules that match, ascending. `text` is the event's raw JSON. The array is the caller's to keep. */
  matches(event: JsonObject, text: string): readonly number[] {
    this.learn(event, text)
    this.epoch++
    this.event = event
    this.found = []
    for (const index of this.fields) index.collect(event, this.tryAll)
    this.keywords.collect(text, this.tryOne)
    this.tryAll(this.always)
    return this.found.length > 1 ? this.found.sort((a, b) => a - b) : this.found
  }

  private readonly tryOne = (rule: number): void => {
    if (this.stamps[rule] === this.epoch) return
    this.stamps[rule] = this.epoch
    if (this.tests[rule]?.(this.event) === true) this.found.push(rule)
  }

  private readonly tryAll = (rules: readonly number[]): void => {
    for (const rule of rules) this.tryOne(rule)
  }

  private learn(event: JsonObject, text: string): void {
    const next = LEARN_AT.find(at => at >= this.seen)
    if (next === undefined) return
    if (next - this.seen <= SAMPLE) this.sample.push({ event, text })
    if (++this.seen < next) return
    if (this.seen === next) {
      this.file(measuredCost(this.sample))
      this.sample = []
      this.seen++
    }
  }

  private file(cost: GuardCost): void {
    const fields = new Map<string, FieldIndex>()
    const always: number[] = []
    this.keywords = new KeywordIndex()
    this.conditions.forEach((where, rule) => {
      const set = guardsOf(where, cost)
      if (set === undefined) always.push(rule)
      else for (const guard of set.guards) this.fileUnder(guard, rule, fields)
    })
    this.keywords.build()
    this.fields = [...fields.values()]
    this.always = always
  }

  private fileUnder(guard: Guard, rule: number, fields: Map<string, FieldIndex>): void {
    if (guard.kind === 'keyword') {
      this.keywords.add(rule, guard.text)
      return
    }
    const index = fields.get(guard.of.name) ?? new FieldIndex(guard.of)
    fields.set(guard.of.name, index)
    index.add(rule, guard)
  }
}
