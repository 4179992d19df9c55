import type { JsonObject } from '../core/json.ts'
import type { Expr, Field } from '../plan/expr.ts'
import { fieldsOf } from '../plan/rule.ts'
import { compile, type EventTest } from './compile.ts'
import { EventView } from './event-view.ts'
import { FieldIndex } from './field-index.ts'
import { type Guard, type GuardCost, guardsOf } from './guard.ts'
import { KeywordIndex } from './keyword-index.ts'
import { LONG_LITERAL } from './literal-search.ts'
import { rarestFirst } from './rarest-first.ts'
import type { FieldReader } from './read.ts'
import { expectedCost, type Sampled, Selectivity } from './selectivity.ts'

/** Events after which the rules are filed anew, by what was seen of the data. */
const LEARN_AT: readonly number[] = [256, 8192]
const SAMPLE = 256
/** Longer events are not learned from: every test would look through them, and there are few. */
const LONGEST_SAMPLED = 1 << 14

/**
 * Finds the rules that match an event without asking each: a rule is filed under its most selective leaf, and only
 * the rules under the values that the event has are evaluated. Which leaf that is is measured on the events
 * themselves; it changes the speed, never the result.
 */
export class RuleIndex {
  private readonly view = new EventView()
  private readonly conditions: readonly Expr[]
  private readonly wrap: (test: EventTest, rule: number) => EventTest
  /** Compiled when a rule is first asked: most never are. */
  private tests: (EventTest | undefined)[] = []
  private ordered: readonly Expr[]
  /** By the field's place in the view. */
  private fields: readonly (FieldIndex | undefined)[] = []
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
    this.wrap = wrap
    this.ordered = this.conditions
    for (const field of this.conditions.flatMap(fieldsOf)) this.view.add(field)
    this.stamps = new Uint32Array(rules.length)
    this.file(expectedCost)
  }

  /**
   * Places of the rules that match, ascending. The array is the caller's to keep.
   *
   * @param text the event's raw JSON
   * @param bytes the same as bytes, if it is all ASCII and they are at hand
   */
  matches(event: JsonObject, text: string, bytes?: Uint8Array): readonly number[] {
    const sampled = this.learn() && text.length <= LONGEST_SAMPLED
    this.epoch++
    this.view.look(event)
    this.event = event
    this.found = []
    for (const slot of this.view.present) this.fields[slot]?.collect(event, this.tryAll)
    this.keywords.collect(text, this.tryOne, bytes)
    this.tryAll(this.always)
    // One that is nested too deeply to be looked through does not get here.
    if (sampled) this.sample.push({ event, text })
    return this.found.length > 1 ? this.found.sort((a, b) => a - b) : this.found
  }

  /** Names of the rules' fields that occurred in some event. */
  get seenFields(): readonly string[] {
    return this.view.seen
  }

  private readonly readerOf = (field: Field): FieldReader => this.view.reader(field)

  private readonly tryOne = (rule: number): void => {
    if (this.stamps[rule] === this.epoch) return
    this.stamps[rule] = this.epoch
    const test = this.tests[rule] ?? this.test(rule)
    if (test(this.event)) this.found.push(rule)
  }

  private readonly tryAll = (rules: readonly number[]): void => {
    for (const rule of rules) this.tryOne(rule)
  }

  /** Files the rules anew when it is time to; says whether the event at hand is to be learned from. */
  private learn(): boolean {
    const next = LEARN_AT.find(at => at >= this.seen)
    if (next === undefined) return false
    const sampled = this.seen % (next / SAMPLE) === 0
    if (++this.seen === next) {
      const selectivity = new Selectivity(this.sample)
      const freely = this.filed(selectivity.cost(() => Number.POSITIVE_INFINITY))
      this.file(selectivity.cost(guard => freely.get(placeOf(guard)) ?? 0))
      this.ordered = this.conditions.map(where => rarestFirst(where, selectivity))
      this.tests = []
      this.sample = []
      this.seen++
    }
    return sampled
  }

  private file(cost: GuardCost): void {
    const fields: (FieldIndex | undefined)[] = []
    const always: number[] = []
    this.keywords = new KeywordIndex()
    this.conditions.forEach((where, rule) => {
      const set = guardsOf(where, cost)
      if (set === undefined) always.push(rule)
      else for (const guard of set.guards) this.fileUnder(guard, rule, fields)
    })
    this.fields = fields
    this.always = always
  }

  private test(rule: number): EventTest {
    const where = this.ordered[rule]
    if (where === undefined) throw new Error(`bug: no rule ${rule}`)
    const test = this.wrap(compile(where, this.readerOf), rule)
    this.tests[rule] = test
    return test
  }

  /** Place -> how many rules would be filed there. */
  private filed(cost: GuardCost): ReadonlyMap<string | number, number> {
    const counts = new Map<string | number, number>()
    for (const where of this.conditions) {
      const guards = guardsOf(where, cost)?.guards ?? []
      for (const place of new Set(guards.map(placeOf))) counts.set(place, (counts.get(place) ?? 0) + 1)
    }
    return counts
  }

  private fileUnder(guard: Guard, rule: number, fields: (FieldIndex | undefined)[]): void {
    if (guard.kind === 'keyword') {
      this.keywords.add(rule, guard.text)
      return
    }
    const slot = this.view.add(guard.of)
    const index = fields[slot] ?? new FieldIndex(guard.of, this.view)
    fields[slot] = index
    index.add(rule, guard)
  }
}

/** Where a guard files its rule: under a field, or with the long (1) or short texts (0) that are sought in the raw event. */
function placeOf(guard: Guard): string | number {
  return guard.kind === 'keyword' ? Number(guard.text.length >= LONG_LITERAL) : guard.of.name
}
