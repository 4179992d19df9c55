import type { Problems } from '../../core/diagnostic.ts'
import {
  aliasesOf,
  checkKeys,
  type ReadKind,
  readAliases,
  readFields,
  readGroupBy,
  readLength,
  readNumber,
  readRules,
} from './correlation-parts.ts'
import { get, listed, missing, type TreeMap } from './tree.ts'

const DAY = 86_400_000
const KEYS = ['type', 'rules', 'group-by', 'field', 'learning', 'minimum', 'forget', 'aliases', 'generate']

/** Values that a group never had: learnt for a week, forgotten after 90 days, unless the rule says otherwise. */
export function readFirstSeen(map: TreeMap, problems: Problems): ReadKind | undefined {
  checkKeys(map, KEYS, 'a correlation of type first_seen', problems)
  const rules = readRules(map, problems)
  const groupBy = readGroupBy(map, problems)
  const aliases = readAliases(map, problems)
  if (listed(get(map, 'field')).length === 0)
    problems.list.push(missing(map, 'field', 'a correlation of type first_seen'))
  const field = readFields(map, 'field', problems)
  const learning = readLength(map, 'learning', problems, 'zero') ?? 7 * DAY
  const minimum = readNumber(map, 'minimum', 0, problems) ?? 1
  const forget = readLength(map, 'forget', problems) ?? 90 * DAY
  if (problems.failed) return undefined
  return {
    rules,
    aliases,
    make: (common, idOf) => ({
      ...common,
      type: 'first_seen',
      rules: rules.map(idOf),
      groupBy,
      field,
      learning,
      minimum,
      forget,
      aliases: aliasesOf(aliases, idOf),
    }),
  }
}
