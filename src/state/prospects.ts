import type { CorrelationRule } from '../plan/state-rule.ts'
import { Amounts, type PackedAmounts } from './amounts.ts'
import type { Least } from './least.ts'
import { groupsIn, SEVERAL, type Table, type Tables, tablesOf } from './prospect-tables.ts'
import type { Signal } from './signal.ts'

/** Amounts that are kept in all; more of them tell groups better apart. */
const MOST_AMOUNTS = 1 << 18

/** What signals came to, as plain data. */
export type Noted = readonly PackedAmounts[]

/** The groups for which a rule may hold, as plain data. */
export type Hopes = readonly { readonly mask: number; readonly groups: Uint32Array }[]

/**
 * Which signals can be part of anything. All of them are noted first, in any order and anywhere; then a signal is
 * wanted only if some rule may hold for a group of it, by what that group came to in any time as long as the rule's.
 * To leave out the others changes nothing: groups know nothing of each other. That amounts are too large, since
 * copies were noted too or groups thrown together, changes nothing either.
 */
export class Prospects {
  private readonly tables: Tables
  private readonly amounts: readonly Amounts[]

  /** @param bases ids of the rules all of whose signals are noted */
  constructor(rules: readonly CorrelationRule[], bases: ReadonlySet<string>) {
    this.tables = tablesOf(rules, bases)
    const { all } = this.tables
    this.amounts = all.map(table => amountsOf(table, MOST_AMOUNTS / all.length))
  }

  /** Gives a ticket by which `Wanted` knows the signal's group, unless it has several. */
  note(signal: Signal): number {
    let ticket = SEVERAL
    let count = 0
    for (const place of this.tables.byBase.get(signal.rule) ?? NONE) {
      const table = this.tables.all[place]
      if (table === undefined) continue
      const own = table.measures.map(({ of }) => of(signal))
      for (const group of groupsIn(table, signal)) {
        this.amounts[place]?.add(group, signal.time, own)
        ticket = group
        count++
      }
    }
    return count === 1 ? ticket : SEVERAL
  }

  /** What all came to. */
  noted(): Noted {
    return this.amounts.map(amounts => amounts.packed())
  }
}

/** The groups for which there is hope, by what all that noted signals say. */
export function hopesOf(
  rules: readonly CorrelationRule[],
  bases: ReadonlySet<string>,
  noted: readonly Noted[],
): Hopes {
  return tablesOf(rules, bases).all.map((table, place) => {
    const amounts = amountsOf(table, Number.POSITIVE_INFINITY)
    for (const parts of noted) {
      const part = parts[place]
      if (part !== undefined) amounts.join(part)
    }
    return hopesIn(table, amounts.packed())
  })
}

/** Tells of signals whether they are wanted. */
export class Wanted {
  private readonly tables: Tables
  private readonly hopes: readonly { readonly mask: number; readonly groups: ReadonlySet<number> }[]

  constructor(rules: readonly CorrelationRule[], bases: ReadonlySet<string>, hopes: Hopes) {
    this.tables = tablesOf(rules, bases)
    this.hopes = hopes.map(({ mask, groups }) => ({ mask, groups: new Set(groups) }))
  }

  /** @param ticket what `note` gave of the signal of the rule; the signal itself is made only if that does not say it */
  of(rule: string, ticket: number, signal: () => Signal): boolean {
    const places = this.tables.byBase.get(rule)
    if (places === undefined || this.tables.always.has(rule)) return true
    const [only] = places
    if (ticket !== SEVERAL && only !== undefined) return this.hasHope(only, ticket)
    const made = signal()
    return places.some(place => {
      const table = this.tables.all[place]
      return table !== undefined && groupsIn(table, made).some(group => this.hasHope(place, group))
    })
  }

  private hasHope(place: number, group: number): boolean {
    const hopes = this.hopes[place]
    return hopes?.groups.has((group & hopes.mask) >>> 0) === true
  }
}

function amountsOf({ measures, span }: Table, most: number): Amounts {
  return new Amounts(
    measures.map(({ how }) => how),
    span,
    most,
  )
}

function hopesIn({ asked, measures }: Table, amounts: PackedAmounts): Hopes[number] {
  const { groups, spans, numbers, span, mask } = amounts
  const { length: width } = measures
  const places = asked.map(({ name }) => measures.findIndex(measure => measure.name === name))
  const hopeful: number[] = []
  for (let from = 0; from < groups.length; ) {
    let to = from + 1
    while (to < groups.length && groups[to] === groups[from]) to++
    const own = spans.subarray(from, to)
    const reaches = asked.some((one, at) => {
      const first = from * width + (places[at] ?? 0)
      return mostOf(one, span, own, place => numbers[first + place * width] ?? 0) >= one.least
    })
    if (reaches) hopeful.push(groups[from] ?? 0)
    from = to
  }
  return { mask, groups: Uint32Array.from(hopeful) }
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

const NONE: readonly number[] = []
