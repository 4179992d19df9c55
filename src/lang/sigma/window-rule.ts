import type { Problems } from '../../core/diagnostic.ts'
import type { CorrelationType } from '../../plan/state-rule.ts'
import { readAggregate } from './aggregate.ts'
import {
  aliasesOf,
  checkKeys,
  type ReadKind,
  readAliases,
  readGroupBy,
  readRules,
  readSpan,
} from './correlation-parts.ts'
import type { TreeMap } from './tree.ts'

const KEYS = ['type', 'rules', 'group-by', 'timespan', 'condition', 'aliases', 'generate']

/** Sigma's own correlations; without a condition all of the rules must match. */
export function readWindow(
  map: TreeMap,
  type: CorrelationType | undefined,
  problems: Problems,
): ReadKind | undefined {
  checkKeys(map, KEYS, 'a correlation', problems)
  const rules = readRules(map, problems)
  const timespan = readSpan(map, 'timespan', 'the correlation', problems)
  const groupBy = readGroupBy(map, problems)
  const aliases = readAliases(map, problems)
  const aggregate = type === undefined ? undefined : readAggregate(map, type, rules.length, problems)
  if (type === undefined || aggregate === undefined || timespan === undefined) return undefined
  const { condition, ...more } = aggregate
  return {
    rules,
    aliases,
    make: (common, idOf) => ({
      ...common,
      type,
      rules: rules.map(idOf),
      groupBy,
      timespan,
      condition: condition.length > 0 ? condition : [{ order: 'gte', value: rules.length }],
      ...more,
      aliases: aliasesOf(aliases, idOf),
    }),
  }
}
