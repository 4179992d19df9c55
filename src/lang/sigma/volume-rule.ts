import type { Problems } from '../../core/diagnostic.ts'
import type { Bound } from '../../plan/state-rule.ts'
import { readBounds } from './aggregate.ts'
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
  readSpan,
} from './correlation-parts.ts'
import { get, kindOf, scalarText, type TreeMap } from './tree.ts'

const DAY = 86_400_000
const WEEK = 7 * DAY
const KEYS = [
  'type',
  'rules',
  'group-by',
  'timespan',
  'condition',
  'minimum',
  'history',
  'season',
  'peers',
  'aliases',
  'generate',
]

/** How much a group does against its past: 28 days of it, at least 24 spans, 6 deviations, unless the rule says otherwise. */
export function readVolume(map: TreeMap, problems: Problems): ReadKind | undefined {
  checkKeys(map, KEYS, 'a correlation of type volume', problems)
  const rules = readRules(map, problems)
  const timespan = readSpan(map, 'timespan', 'a correlation of type volume', problems)
  const groupBy = readGroupBy(map, problems)
  const aliases = readAliases(map, problems)
  const condition = readCondition(map, problems)
  const minimum = readNumber(map, 'minimum', 1, problems) ?? 24
  const history = readLength(map, 'history', problems) ?? 4 * WEEK
  const season = readSeason(map, timespan, problems)
  const peers = readPeers(map, problems)
  if (problems.failed || timespan === undefined) return undefined
  return {
    rules,
    aliases,
    make: (common, idOf) => ({
      ...common,
      type: 'volume',
      rules: rules.map(idOf),
      groupBy,
      timespan,
      ...condition,
      minimum,
      history,
      season,
      ...(peers === undefined ? {} : { peers }),
      aliases: aliasesOf(aliases, idOf),
    }),
  }
}

interface Condition {
  readonly field?: string
  readonly deviation: number
  readonly condition: readonly Bound[]
}

function readCondition(map: TreeMap, problems: Problems): Condition {
  const tree = get(map, 'condition')
  if (tree === undefined) return { deviation: 6, condition: [] }
  if (tree.kind !== 'map') {
    problems.error('sigma/type', `the condition is ${kindOf(tree)}, not a map`, { at: tree.at })
    return { deviation: 6, condition: [] }
  }
  const [field] = readFields(tree, 'field', problems)
  const deviation = readNumber(tree, 'deviation', 0, problems) ?? 6
  const condition = readBounds(tree, ['field', 'deviation'], problems)
  return { ...(field === undefined ? {} : { field }), deviation, condition }
}

function readSeason(map: TreeMap, timespan: number | undefined, problems: Problems): 'none' | 'hour_of_week' {
  const tree = get(map, 'season')
  const text = scalarText(tree)?.trim()
  if (tree === undefined || text === 'none') return 'none'
  if (text !== 'hour_of_week') {
    problems.error('sigma/season', `"season" takes none or hour_of_week`, { at: tree.at })
  } else if (timespan !== undefined && WEEK % timespan !== 0) {
    problems.error('sigma/season', 'a week is no whole number of these timespans', {
      at: tree.at,
      help: 'take such as 15m, 1h or 1d',
    })
  }
  return 'hour_of_week'
}

/** Fields that peers share, or `all`. */
function readPeers(map: TreeMap, problems: Problems): readonly string[] | undefined {
  const tree = get(map, 'peers')
  if (tree === undefined) return undefined
  return scalarText(tree)?.trim() === 'all' ? [] : readFields(map, 'peers', problems)
}
