import type { Problems } from '../../core/diagnostic.ts'
import {
  aliasesOf,
  checkKeys,
  joined,
  type ReadKind,
  readAliases,
  readFields,
  readGroupBy,
  readLength,
  readLevelName,
  readNumber,
  readReferences,
  readRules,
  readSpan,
} from './correlation-parts.ts'
import { get, type TreeMap } from './tree.ts'

const MINUTE = 60_000
const KEYS = [
  'type',
  'rules',
  'group-by',
  'timespan',
  'grace',
  'minimum',
  'neighbours',
  'disabled-by',
  'raised',
  'aliases',
  'generate',
]

/** A log source that falls silent: 15 minutes of grace, after at least 10 events, unless the rule says otherwise. */
export function readAbsence(map: TreeMap, problems: Problems): ReadKind | undefined {
  checkKeys(map, KEYS, 'a correlation of type absence', problems)
  const speaking = readRules(map, problems)
  const disabling = readReferences(map, 'disabled-by', problems)
  const rules = joined(speaking, disabling)
  const timespan = readSpan(map, 'timespan', 'a correlation of type absence', problems)
  const groupBy = readGroupBy(map, problems)
  const aliases = readAliases(map, problems)
  const grace = readLength(map, 'grace', problems, 'zero') ?? 15 * MINUTE
  const minimum = readNumber(map, 'minimum', 1, problems) ?? 10
  const neighbours = readFields(map, 'neighbours', problems)
  const raisedTree = get(map, 'raised')
  const raised = raisedTree === undefined ? undefined : readLevelName(raisedTree, 'raised', problems)
  if (problems.failed || timespan === undefined) return undefined
  return {
    rules,
    aliases,
    make: (common, idOf) => ({
      ...common,
      type: 'absence',
      rules: rules.map(idOf),
      speaking: speaking.map(idOf),
      disabling: disabling.map(idOf),
      groupBy,
      timespan,
      grace,
      minimum,
      neighbours,
      ...(raised === undefined ? {} : { raised }),
      aliases: aliasesOf(aliases, idOf),
    }),
  }
}
