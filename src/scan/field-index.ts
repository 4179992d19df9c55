import type { Json, JsonObject } from '../core/json.ts'
import { compactJson } from '../core/text.ts'
import type { Field } from '../plan/expr.ts'
import type { Guard } from './guard.ts'
import { type FieldReader, reader, type ValueTest } from './read.ts'
import { valueTest } from './value-test.ts'

type Rules = readonly number[]
const none: Rules = []

/** Distinct values remembered a field; the memory is emptied when it is full. */
const REMEMBERED = 8192
/** Longer values are looked at afresh each time. */
const LONGEST = 512

/** All guards on one field: for a value, the rules that may match. Verdicts are remembered for each distinct value. */
export class FieldIndex {
  private readonly read: FieldReader
  private readonly texts = new Map<string, number[]>()
  private readonly tests: { readonly test: ValueTest; readonly rule: number }[] = []
  private readonly present: number[] = []
  private readonly remembered = new Map<string, Rules>()
  private containers = false
  private misses = 0
  private lookups = 0

  constructor(field: Field) {
    this.read = reader(field)
  }

  add(rule: number, guard: Exclude<Guard, { kind: 'keyword' }>): void {
    if (guard.kind === 'present') this.present.push(rule)
    else if (guard.kind === 'test') this.tests.push({ test: valueTest(guard.leaf), rule })
    else {
      const rules = this.texts.get(guard.text)
      if (rules === undefined) this.texts.set(guard.text, [rule])
      else rules.push(rule)
      this.containers ||= /^[[{]/.test(guard.text)
    }
  }

  /** Calls `take` with the rules filed under each value of the field in this event; a rule may come twice. */
  collect(event: JsonObject, take: (rules: Rules) => void): void {
    let found = false
    this.read(event, value => {
      found = true
      const rules = this.rulesFor(value)
      if (rules.length > 0) take(rules)
      return false
    })
    if (found && this.present.length > 0) take(this.present)
  }

  private rulesFor(value: Json): Rules {
    if (typeof value !== 'string') return this.compute(value, this.textFor(value))
    if (this.tests.length === 0 && this.forgetful) return this.texts.get(value.toLowerCase()) ?? none
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
    if (this.tests.length === 0) return same
    const found: number[] = []
    for (const { test, rule } of this.tests) if (test(value)) found.push(rule)
    return found.length === 0 ? same : [...same, ...found]
  }
}
