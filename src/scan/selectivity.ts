import type { Json, JsonObject } from '../core/json.ts'
import { textOf } from '../core/text.ts'
import type { Expr, Field } from '../plan/expr.ts'
import type { Guard, GuardCost } from './guard.ts'
import { leafLiteral } from './leaf-literal.ts'
import { reader } from './read.ts'
import { isValueLeaf, type ValueLeaf, valueTest } from './value-test.ts'

/** An event and its raw text. */
export interface Sampled {
  readonly event: JsonObject
  readonly text: string
}

/**
 * What things cost, as weights that were tuned by measuring: to evaluate a rule, to run a test on a value (by itself,
 * or with others that are sought by a literal text), to print a container, to look a field's value up.
 */
const RULE = 600
const TEST = 60
const LITERAL = 5
const CONTAINER = 1000
const READ = 120

/** Before any event was seen: names of actions select best, then other texts, then patterns. */
export const expectedCost: GuardCost = guard => {
  switch (guard.kind) {
    case 'text':
      return usual[guard.of.name] ?? 4
    case 'test':
      return 2 * (usual[guard.of.name] ?? 4) + 2
    case 'present':
      return 60
    case 'keyword':
      return 40
  }
}

const usual: { readonly [name: string]: number } = {
  eventName: 1,
  eventSource: 20,
  awsRegion: 50,
  eventType: 50,
}

/** What a field held in the sample. */
interface FieldSample {
  /** Events in which the field is there. */
  readonly present: number
  /** Lower-case text -> a value with it, and how often it came. */
  readonly values: ReadonlyMap<string, { readonly value: Json; readonly count: number }>
  /** Times it was an object or an array. */
  readonly containers: number
}

/** What guards and tests let through, measured on a sample of events. */
export class Selectivity {
  private readonly sample: readonly Sampled[]
  private readonly fields = new Map<string, FieldSample>()
  private readonly known = new Map<string, number>()

  constructor(sample: readonly Sampled[]) {
    this.sample = sample
  }

  /**
   * What a guard costs an event: how often it lets its rule through, and its own upkeep.
   *
   * @param share how many rules are filed under a field, and so share the cost of looking its value up
   */
  cost(share: (field: string) => number): GuardCost {
    return guard =>
      this.upkeep(guard) + (guard.kind === 'keyword' ? 0 : READ / Math.max(1, share(guard.of.name)))
  }

  /** How many of the sampled events a condition lets through, more or less. */
  passes(expr: Expr): number {
    const all = this.sample.length
    switch (expr.kind) {
      case 'and':
        return expr.of.reduce((least, inner) => Math.min(least, this.passes(inner)), all)
      case 'or':
        return Math.min(
          all,
          expr.of.reduce((sum, inner) => sum + this.passes(inner), 0),
        )
      case 'not':
        return all - this.passes(expr.of)
      case 'exists':
        return this.fieldSample(expr.of).present
      case 'null':
        return all - this.fieldSample(expr.of).present
      default:
        return isValueLeaf(expr) ? this.passing(expr) : all
    }
  }

  private upkeep(guard: Guard): number {
    // Half an event more than was seen: what did not occur yet may still.
    const share = (count: number): number => ((count + 0.5) / (this.sample.length + 1)) * RULE
    if (guard.kind === 'keyword') return share(this.holding(guard.text)) + LITERAL
    const { present, values, containers } = this.fieldSample(guard.of)
    if (guard.kind === 'present') return share(present)
    if (guard.kind === 'text') return share(values.get(guard.text)?.count ?? 0)
    const each = leafLiteral(guard.leaf) === undefined ? TEST : LITERAL
    // What is remembered of a value costs nothing the next time.
    const fresh = (values.size * each + containers * CONTAINER) / Math.max(1, this.sample.length)
    return share(this.passing(guard.leaf)) + fresh
  }

  private holding(text: string): number {
    return this.once(
      `keyword ${text}`,
      () => this.sample.filter(one => one.text.toLowerCase().includes(text)).length,
    )
  }

  private passing(leaf: ValueLeaf): number {
    return this.once(JSON.stringify(leaf), () => {
      const test = valueTest(leaf)
      let count = 0
      for (const one of this.fieldSample(leaf.of).values.values()) if (test(one.value)) count += one.count
      return count
    })
  }

  private once(key: string, measure: () => number): number {
    const known = this.known.get(key)
    if (known !== undefined) return known
    const found = measure()
    this.known.set(key, found)
    return found
  }

  private fieldSample(field: Field): FieldSample {
    const known = this.fields.get(field.name)
    if (known !== undefined) return known
    const found = observe(field, this.sample)
    this.fields.set(field.name, found)
    return found
  }
}

function observe(field: Field, sample: readonly Sampled[]): FieldSample {
  const read = reader(field)
  const values = new Map<string, { value: Json; count: number }>()
  let present = 0
  let containers = 0
  for (const { event } of sample) {
    let here = false
    read(event, value => {
      here = true
      if (typeof value === 'object' && value !== null) containers++
      const text = textOf(value)?.toLowerCase() ?? ''
      const known = values.get(text)
      if (known === undefined) values.set(text, { value, count: 1 })
      else known.count++
      return false
    })
    if (here) present++
  }
  return { present, values, containers }
}
