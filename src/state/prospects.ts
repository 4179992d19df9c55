import type { CorrelationRule } from '../plan/state-rule.ts'
import { Amounts } from './amounts.ts'
import { fieldFor, groupsOf } from './group-key.ts'
import { type Least, leastOf } from './least.ts'
import type { Signal } from './signal.ts'

/** Spans in the shortest window, and ms that a span has at least. More of them tell groups better apart. */
const SPANS = 5
const SHORTEST_SPAN = 60_000

/** Rules with the same groups, and what each asks of them. */
interface Table {
  readonly rule: CorrelationRule
  readonly asked: readonly Least[]
  /** Different measures, by their place in an entry. */
  readonly measures: readonly Least[]
  readonly span: number
  readonly numbers: Map<string, number>
  readonly amounts: Amounts
  /** Group -> 1 if a rule may hold for it. */
  alive: Uint8Array
}

/**
 * Which signals can be part of anything. All of them are noted first, in any order; then a signal is wanted only if
 * some rule may hold for a group of it, by what that group came to in any time as long as the rule's. To leave out
 * the others changes nothing: groups know nothing of each other.
 */
export class Prospects {
  private readonly tables: readonly Table[]
  /** Id of a base rule -> its tables; one that is missing is always wanted. */
  private readonly byBase: ReadonlyMap<string, readonly Table[]>
  /** Ids of the rules whose signals have to be noted. */
  readonly noted: ReadonlySet<string>

  /** @param bases ids of the rules all of whose signals are noted */
  constructor(rules: readonly CorrelationRule[], bases: ReadonlySet<string>) {
    const asked = rules.map(rule => {
      const least = rule.rules.every(id => bases.has(id)) ? leastOf(rule) : undefined
      return { rule, least }
    })
    const always = new Set(asked.flatMap(({ rule, least }) => (least === undefined ? rule.rules : [])))
    const bySignature = new Map<string, { rule: CorrelationRule; asked: Least[] }>()
    for (const { rule, least } of asked) {
      if (least === undefined || rule.rules.every(id => always.has(id))) continue
      const signature = signatureOf(rule)
      const same = bySignature.get(signature)
      if (same === undefined) bySignature.set(signature, { rule, asked: [least] })
      else same.asked.push(least)
    }
    this.tables = [...bySignature.values()].map(one => tableOf(one.rule, one.asked))
    const filed = [...bases].filter(id => !always.has(id))
    this.byBase = new Map(filed.map(id => [id, this.tables.filter(({ rule }) => rule.rules.includes(id))]))
    this.noted = new Set(this.tables.flatMap(({ rule }) => rule.rules))
  }

  /** Gives a ticket by which `wanted` knows the signal's group, unless it has several. */
  note(signal: Signal): number {
    let ticket = SEVERAL
    let groups = 0
    for (const table of this.tables) {
      if (!table.rule.rules.includes(signal.rule)) continue
      const own = table.measures.map(({ of }) => of(signal))
      const span = Math.floor(signal.time / table.span)
      for (const { key } of groupsOf(table.rule, table.rule.groupBy, signal)) {
        ticket = add(table, key, span, own)
        groups++
      }
    }
    return groups === 1 ? ticket : SEVERAL
  }

  /** All are noted. */
  settle(): void {
    for (const table of this.tables) settle(table)
  }

  /** @param ticket what `note` gave of it */
  wanted(signal: Signal, ticket: number): boolean {
    const tables = this.byBase.get(signal.rule)
    if (tables === undefined) return true
    const [only] = tables
    if (ticket !== SEVERAL && only !== undefined) return only.alive[ticket] === 1
    return tables.some(({ rule, numbers, alive }) =>
      groupsOf(rule, rule.groupBy, signal).some(({ key }) => alive[numbers.get(key) ?? -1] === 1),
    )
  }
}

/** The ticket of a signal that is in no group, or in several. */
export const SEVERAL = -1

function signatureOf(rule: CorrelationRule): string {
  const bases = [...rule.rules].sort()
  return JSON.stringify(bases.map(id => [id, rule.groupBy.map(name => fieldFor(rule, name, id))]))
}

function tableOf(rule: CorrelationRule, asked: readonly Least[]): Table {
  const measures = [...new Map(asked.map(one => [one.name, one])).values()]
  const shortest = Math.min(...asked.map(({ timespan }) => timespan))
  // Where all times count together there is one span.
  const span = Math.max(SHORTEST_SPAN, Math.floor(shortest / SPANS))
  const amounts = new Amounts(measures.length)
  return { rule, asked, measures, span, numbers: new Map(), amounts, alive: new Uint8Array() }
}

function add(table: Table, key: string, span: number, own: readonly number[]): number {
  let group = table.numbers.get(key)
  if (group === undefined) {
    group = table.numbers.size
    table.numbers.set(key, group)
  }
  const { amounts, measures } = table
  const place = amounts.entry(group, Number.isFinite(span) ? span : 0)
  const { all } = amounts
  own.forEach((amount, at) => {
    const before = all[place + at] ?? 0
    all[place + at] = measures[at]?.how === 'sum' ? before + amount : Math.max(before, amount)
  })
  return group
}

function settle(table: Table): void {
  const { asked, measures, amounts, numbers, span } = table
  const alive = new Uint8Array(numbers.size)
  const places = asked.map(({ name }) => measures.findIndex(measure => measure.name === name))
  const { all } = amounts
  for (const { group, spans, places: entries } of amounts.inOrder()) {
    const reaches = asked.some((one, at) => {
      const most = mostOf(one, span, spans, place => all[(entries[place] ?? 0) + (places[at] ?? 0)] ?? 0)
      return most >= one.least
    })
    if (reaches) alive[group] = 1
  }
  table.alive = alive
}

/** The most that any window comes to, or more: windows are widened to whole spans. */
function mostOf(
  { how, timespan }: Least,
  span: number,
  spans: Float64Array,
  amount: (place: number) => number,
): number {
  let most = Number.NEGATIVE_INFINITY
  if (how === 'most') {
    for (let place = 0; place < spans.length; place++) most = Math.max(most, amount(place))
    return most
  }
  // A window touches one span more than it is long.
  const reach = Math.ceil(timespan / span)
  let sum = 0
  let from = 0
  for (let place = 0; place < spans.length; place++) {
    sum += amount(place)
    while ((spans[from] ?? 0) < (spans[place] ?? 0) - reach) sum -= amount(from++)
    // What is infinite once stays so.
    if (sum > most) most = sum
  }
  return most
}
