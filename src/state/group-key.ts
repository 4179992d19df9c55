import type { CorrelationRule } from '../plan/state-rule.ts'
import type { GroupValues, Signal } from './signal.ts'

/** A group that a signal belongs to. */
export interface Group {
  readonly key: string
  readonly values: GroupValues
}

/** Groups that one event may belong to through its lists. */
const MOST_GROUPS = 64

/** The field of a base rule that a name means: by an alias, else the name itself. */
export function fieldFor({ aliases }: Pick<CorrelationRule, 'aliases'>, name: string, rule: string): string {
  const fields = Object.hasOwn(aliases, name) ? aliases[name] : undefined
  return fields !== undefined && Object.hasOwn(fields, rule) ? (fields[rule] ?? name) : name
}

/** The values that a signal has under a name. */
export function valuesFor(
  rule: Pick<CorrelationRule, 'aliases'>,
  name: string,
  signal: Signal,
): readonly string[] {
  return valuesOf(signal, fieldFor(rule, name, signal.rule))
}

/** The values of a signal's field. */
export function valuesOf({ values }: Signal, field: string): readonly string[] {
  return Object.hasOwn(values, field) ? (values[field] ?? NONE) : NONE
}

/** One text for some values, the same for the same values only; a missing one is unlike every text. */
export function keyOf(values: GroupValues): string {
  // Joined at once: a text that is put together bit by bit takes more memory for as long as it is kept.
  return values.map(value => (value === undefined ? '-' : `${value.length}:${value}`)).join('')
}

/** The values that a key was made of. */
export function valuesOfKey(key: string): GroupValues {
  const values: (string | undefined)[] = []
  for (let at = 0; at < key.length; ) {
    if (key[at] === '-') {
      values.push(undefined)
      at++
      continue
    }
    const colon = key.indexOf(':', at)
    const end = colon + 1 + Number(key.slice(at, colon))
    values.push(key.slice(colon + 1, end))
    at = end
  }
  return values
}

/**
 * The groups that a signal belongs to: one for each way of taking a value from each name. A missing field counts
 * as a value of its own.
 */
export function groupsOf(
  rule: Pick<CorrelationRule, 'aliases'>,
  names: readonly string[],
  signal: Signal,
): readonly Group[] {
  const lists = names.map(name => valuesFor(rule, name, signal))
  // Nearly all events have one value of each.
  if (lists.every(list => list.length <= 1)) {
    const values = lists.map(([value]) => value)
    return [{ key: keyOf(values), values }]
  }
  return combinations(lists).map(values => ({ key: keyOf(values), values }))
}

/** Every way of taking one of each; where there is none, it is missing. At most 64, and each once. */
export function combinations(lists: readonly (readonly string[])[]): readonly GroupValues[] {
  let found: readonly GroupValues[] = [[]]
  for (const list of lists) {
    const values: GroupValues = list.length === 0 ? MISSING : list.length === 1 ? list : [...new Set(list)]
    if (values.length === 1) found = found.map(one => [...one, values[0]])
    else found = found.flatMap(one => values.map(value => [...one, value])).slice(0, MOST_GROUPS)
  }
  return found
}

const NONE: readonly string[] = []
const MISSING = [undefined] as const
