import type { Json, JsonObject } from '../core/json.ts'
import { textOf } from '../core/text.ts'
import type { Expr, Field } from '../plan/expr.ts'
import { isValueLeaf, type ValueLeaf } from '../plan/value-leaf.ts'
import type { Guard, GuardCost } from './guard.ts'
import { leafLiteral } from './leaf-literal.ts'
import { LONG_LITERAL } from './literal-search.ts'
import { reader } from './read.ts'
import { valueTest } from './value-test.ts'

/** An event and its raw text. */
export interface Sampled {
  readonly event: JsonObject
  readonly text: string
}

/**
 * What things cost, as weights that were tuned by measuring: to evaluate a rule, to run a test on a value (by itself,
 * or with others that are sought by a literal text), to print a container, to look a field's value up where it is there.
 */
const RULE = 600
const TEST = 60
const LITERAL = 5
const CONTAINER = 1000
const READ = 120
/** To look for long literal texts in a raw event, or for short ones. */
const SEARCH = { long: 800, short: 1800 }
/** Of so many raw texts one is searched to learn how often a literal occurs. */
const EACH = 4
/** Values of one field of one event that are looked at: arrays inside arrays are printed at every depth. */
const MOST_VALUES = 32

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
  /** Raw texts of some of them, in lower case. */
  private readonly lower: readonly string[]
  private readonly fields = new Map<string, FieldSample>()
  private readonly held = new Map<string, number>()
  private readonly passed = new Map<ValueLeaf, number>()

  constructor(sample: readonly Sampled[]) {
    this.sample = sample
    this.lower = sample.flatMap(({ text }, place) => (place % EACH === 0 ? [text.toLowerCase()] : []))
  }

  /**
   * What a guard costs an event: how often it lets its rule through, and its own upkeep.
   *
   * @param share how many rules are filed where the guard's rule would be, and so share the cost of looking there
   */
  cost(share: (guard: Guard) => number): GuardCost {
    return guard => this.upkeep(guard) + this.look(guard) / Math.max(1, share(guard))
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

  /** What it costs to look where a guard files its rule, whatever else is filed there. */
  private look(guard: Guard): number {
    if (guard.kind === 'keyword') return guard.text.length >= LONG_LITERAL ? SEARCH.long : SEARCH.short
    return (READ * this.fieldSample(guard.of).present) / Math.max(1, this.sample.length)
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
    return once(this.held, text, () => EACH * this.lower.filter(one => one.includes(text)).length)
  }

  private passing(leaf: ValueLeaf): number {
    return once(this.passed, leaf, () => {
      const { values } = this.fieldSample(leaf.of)
      if (values.size === 0) return 0
      const test = valueTest(leaf)
      let count = 0
      for (const one of values.values()) if (test(one.value)) count += one.count
      return count
    })
  }

  private fieldSample(field: Field): FieldSample {
    return once(this.fields, field.name, () => observe(field, this.sample))
  }
}

function once<Key, Result>(known: Map<Key, Result>, key: Key, measure: () => Result): Result {
  const found = known.get(key) ?? measure()
  known.set(key, found)
  return found
}

function observe(field: Field, sample: readonly Sampled[]): FieldSample {
  const read = reader(field)
  const values = new Map<string, { value: Json; count: number }>()
  let present = 0
  let containers = 0
  for (const { event } of sample) {
    let here = 0
    unlessTooDeep(() =>
      read(event, value => {
        here++
        const printed = textOf(value) ?? ''
        const container = typeof value === 'object' && value !== null
        if (container) containers++
        const text = printed.toLowerCase()
        const known = values.get(text)
        // A container is tested by its text, which is printed once here and not once a test.
        if (known === undefined) values.set(text, { value: container ? printed : value, count: 1 })
        else known.count++
        return here >= MOST_VALUES
      }),
    )
    if (here > 0) present++
  }
  return { present, values, containers }
}

/** An event that is nested too deeply was left out when its turn came; the one at hand must not pay for it. */
function unlessTooDeep(look: () => void): void {
  try {
    look()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
  }
}
