import type { CorrelationRule } from '../plan/state-rule.ts'
import { combinations, fieldFor, valuesOf } from './group-key.ts'
import { type Least, leastOf } from './least.ts'
import type { GroupValues, Signal } from './signal.ts'

/** Spans in the shortest window, and ms that a span has at least. More of them tell groups better apart. */
const SPANS = 5
const SHORTEST_SPAN = 60_000

/** Rules with the same groups, and what each asks of them. */
export interface Table {
  readonly asked: readonly Least[]
  /** Different measures, by their place in an entry. */
  readonly measures: readonly Least[]
  /** Id of a base rule -> the fields whose values make its groups. */
  readonly fields: ReadonlyMap<string, readonly string[]>
  readonly span: number
}

/** The ticket of a signal that is in no group, or in several. */
export const SEVERAL = 0

/** Who shares amounts with whom. */
export interface Tables {
  readonly all: readonly Table[]
  /** Id of a base rule -> places of its tables. */
  readonly byBase: ReadonlyMap<string, readonly number[]>
  /** Ids of base rules that are wanted whatever their groups come to. */
  readonly always: ReadonlySet<string>
}

/** @param bases ids of the rules all of whose signals are noted */
export function tablesOf(rules: readonly CorrelationRule[], bases: ReadonlySet<string>): Tables {
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
  const all = [...bySignature.values()].map(one => tableOf(one.rule, one.asked))
  const places = (id: string): readonly number[] =>
    all.flatMap(({ fields }, place) => (fields.has(id) ? [place] : []))
  return { all, byBase: new Map([...bases].map(id => [id, places(id)])), always }
}

function signatureOf(rule: CorrelationRule): string {
  const bases = [...rule.rules].sort()
  return JSON.stringify(bases.map(id => [id, rule.groupBy.map(name => fieldFor(rule, name, id))]))
}

function tableOf(rule: CorrelationRule, asked: readonly Least[]): Table {
  const measures = [...new Map(asked.map(one => [one.name, one])).values()]
  const shortest = Math.min(...asked.map(({ timespan }) => timespan))
  // Where all times count together there is one span.
  const span = Math.max(SHORTEST_SPAN, Math.floor(shortest / SPANS))
  const fields = new Map(rule.rules.map(id => [id, rule.groupBy.map(name => fieldFor(rule, name, id))]))
  return { asked, measures, fields, span }
}

/** The groups of a signal as numbers; two groups may have the same. */
export function groupsIn({ fields }: Table, signal: Signal): readonly number[] {
  const lists = (fields.get(signal.rule) ?? []).map(field => valuesOf(signal, field))
  // Nearly all events have one value of each.
  if (lists.every(list => list.length <= 1)) return [hashOf(lists.map(([value]) => value))]
  return combinations(lists).map(hashOf)
}

/** FNV-1a of the values; never what stands for several. */
function hashOf(values: GroupValues): number {
  let hash = 0x811c9dc5
  for (const value of values) {
    if (value !== undefined)
      for (let at = 0; at < value.length; at++) hash = Math.imul(hash ^ value.charCodeAt(at), 0x01000193)
    hash = Math.imul(hash ^ (value === undefined ? 0x1ffff : 0x10000), 0x01000193)
  }
  return hash === SEVERAL ? 1 : hash >>> 0
}
