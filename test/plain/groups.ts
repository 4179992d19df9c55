import type { CorrelationRule } from '../../src/plan/state-rule.ts'
import type { Signal } from '../../src/state/signal.ts'

type Value = string | null

/** The values that a signal has under a name of a rule. */
export function values(
  rule: Pick<CorrelationRule, 'aliases'>,
  name: string,
  signal: Signal,
): readonly string[] {
  const field = Object.hasOwn(rule.aliases, name) ? (rule.aliases[name]?.[signal.rule] ?? name) : name
  return signal.values[field] ?? []
}

/** Every way of taking one value of each list; what is missing is a value of its own, null. */
export function tuples(lists: readonly (readonly Value[])[]): readonly (readonly Value[])[] {
  return lists.reduce<readonly (readonly Value[])[]>(
    (found, list) =>
      found.flatMap(one => (list.length === 0 ? [null] : [...new Set(list)]).map(value => [...one, value])),
    [[]],
  )
}

/** The signals of each group, in order of time and id. */
export function groups(
  rule: CorrelationRule,
  signals: readonly Signal[],
): ReadonlyMap<string, readonly Signal[]> {
  const found = new Map<string, Signal[]>()
  const inOrder = [...signals].sort((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1))
  for (const signal of inOrder)
    for (const group of tuples(rule.groupBy.map(name => values(rule, name, signal)))) {
      const key = JSON.stringify(group)
      found.set(key, [...(found.get(key) ?? []), signal])
    }
  return found
}

/** The times of some signals, each once. */
export function timesOf(signals: readonly Signal[]): readonly number[] {
  return [...new Set(signals.map(({ time }) => time))].sort((a, b) => a - b)
}
