import type { Json, JsonObject } from '../core/json.ts'
import { compactJson } from '../core/text.ts'
import type { Field } from '../plan/expr.ts'
import type { ValueLeaf } from '../plan/value-leaf.ts'
import type { EventView } from './event-view.ts'
import type { Guard } from './guard.ts'
import { leafLiteral } from './leaf-literal.ts'
import { LiteralSearch } from './literal-search.ts'
import type { FieldReader, ValueTest } from './read.ts'
import { valueTest } from './value-test.ts'

type Rules = readonly number[]
const none: Rules = []

/** Distinct values remembered a field; the memory is emptied when it is full. */
const REMEMBERED = 32_768
/** Longer values are looked at afresh each time. */
const LONGEST = 512

interface FiledTest {
  readonly test: ValueTest
  readonly rule: number
}

/** All guards on one field: for a value, the rules that may match. Verdicts are remembered for each distinct value. */
export class FieldIndex {
  private readonly view: EventView
  private readonly slot: number
  private readonly read: FieldReader
  private readonly texts = new Map<string, number[]>()
  /** Tests that only values with a certain text can pass, by their number there. */
  private readonly literals = new LiteralSearch()
  private readonly literalTests: FiledTest[] = []
  /** By literal test: the search in which it was last tried. A text may hold its literal a million times. */
  private readonly tried: number[] = []
  private searches = 0
  private readonly tests: FiledTest[] = []
  private readonly present: number[] = []
  private readonly remembered = new Map<string, Rules>()
  private containers = false
  private misses = 0
  private lookups = 0

  constructor(field: Field, view: EventView) {
    this.view = view
    this.slot = view.add(field)
    this.read = view.reader(field)
  }

  add(rule: number, guard: Exclude<Guard, { kind: 'keyword' }>): void {
    if (guard.kind === 'present') this.present.push(rule)
    else if (guard.kind === 'test') this.addTest(rule, guard)
    else {
      const rules = this.texts.get(guard.text)
      if (rules === undefined) this.texts.set(guard.text, [rule])
      else rules.push(rule)
      this.containers ||= /^[[{]/.test(guard.text)
    }
  }

  /** Calls `take` with the rules filed under each value of the field, which the view has found in this event; a rule may come twice. */
  collect(event: JsonObject, take: (rules: Rules) => void): void {
    if (this.present.length > 0) take(this.present)
    if (!this.view.isPlain(this.slot)) this.collectEach(event, take)
    else {
      const value = this.view.plain(this.slot)
      const rules = value === undefined ? none : this.rulesFor(value)
      if (rules.length > 0) take(rules)
    }
  }

  private collectEach(event: JsonObject, take: (rules: Rules) => void): void {
    this.read(event, value => {
      const rules = this.rulesFor(value)
      if (rules.length > 0) take(rules)
      return false
    })
  }

  private addTest(rule: number, { leaf }: Extract<Guard, { kind: 'test' }>): void {
    const filed = { test: lazily(leaf), rule }
    const literal = leafLiteral(leaf)
    this.containers = true
    if (literal === undefined) this.tests.push(filed)
    else this.literals.add(this.literalTests.push(filed) - 1, literal)
  }

  private rulesFor(value: Json): Rules {
    if (typeof value !== 'string') return this.compute(value, this.textFor(value))
    if (this.forgetful) return this.compute(value, value.toLowerCase())
    const known = this.remembered.get(value)
    this.lookups++
    if (known !== undefined) return known
    const rules = this.compute(value, value.toLowerCase())
    this.remember(value, rules)
    return rules
  }

  /** Nearly every value is new: remembering does not pay. */
  private get forgetful(): boolean {
    return this.misses > REMEMBERED && this.misses * 2 > this.lookups
  }

  private remember(value: string, rules: Rules): void {
    this.misses++
    if (value.length > LONGEST || this.forgetful) return
    if (this.remembered.size >= REMEMBERED) this.remembered.clear()
    this.remembered.set(value, rules)
  }

  private textFor(value: Exclude<Json, string>): string | undefined {
    if (value === null) return undefined
    if (typeof value === 'object') return this.containers ? compactJson(value).toLowerCase() : undefined
    return String(value)
  }

  private compute(value: Json, text: string | undefined): Rules {
    const same = (text === undefined ? undefined : this.texts.get(text)) ?? none
    const found: number[] = []
    for (const { test, rule } of this.tests) if (test(value)) found.push(rule)
    if (text !== undefined && !this.literals.empty) {
      const search = ++this.searches
      this.literals.search(text, at => {
        if (this.tried[at] === search) return
        this.tried[at] = search
        const filed = this.literalTests[at]
        if (filed?.test(value) === true) found.push(filed.rule)
      })
    }
    return found.length === 0 ? same : [...same, ...found]
  }
}

/** The test of a leaf, made when it is first asked. */
function lazily(leaf: ValueLeaf): ValueTest {
  let test: ValueTest | undefined
  return value => {
    test ??= valueTest(leaf)
    return test(value)
  }
}
