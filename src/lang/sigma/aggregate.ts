import type { Problems } from '../../core/diagnostic.ts'
import { nearest } from '../../core/nearest.ts'
import type { Bound, CorrelationType } from '../../plan/rule.ts'
import { readFieldName } from './field-name.ts'
import { entry, get, kindOf, listed, missing, scalarText, type Tree, type TreeMap, textOf } from './tree.ts'

/** What a correlation computes over the hits of a group, and between which bounds it fires. */
export interface Aggregate {
  readonly condition: readonly Bound[]
  readonly field: readonly string[]
  readonly percentile?: number
}

interface Needs {
  readonly condition: boolean
  readonly field: 'none' | 'one' | 'several'
  readonly percentile: boolean
}

const TYPES: Record<CorrelationType, Needs> = {
  event_count: { condition: true, field: 'none', percentile: false },
  value_count: { condition: true, field: 'several', percentile: false },
  temporal: { condition: false, field: 'none', percentile: false },
  temporal_ordered: { condition: false, field: 'none', percentile: false },
  value_sum: { condition: true, field: 'one', percentile: false },
  value_avg: { condition: true, field: 'one', percentile: false },
  value_percentile: { condition: true, field: 'one', percentile: true },
  value_median: { condition: true, field: 'one', percentile: false },
}

/** Reads `condition` as the type needs it. `rules` is how many rules the correlation is over. */
export function readAggregate(
  map: TreeMap,
  type: CorrelationType,
  rules: number,
  problems: Problems,
): Aggregate | undefined {
  const needs = TYPES[type]
  const tree = get(map, 'condition')
  if (tree === undefined) {
    if (needs.condition) problems.list.push(missing(map, 'condition', `a correlation of type ${type}`))
    return { condition: [], field: [] }
  }
  if (tree.kind !== 'map') {
    problems.error('sigma/type', `the condition is ${kindOf(tree)}, not a map`, {
      at: tree.at,
      help:
        textOf(tree) === undefined
          ? 'write such as "gte: 10"'
          : 'Sigma has numbers here; for "or" write two correlations, for "not" a chain with an absent step',
    })
    return undefined
  }
  const condition = readBounds(tree, ['field', 'percentile'], problems)
  if (condition.length === 0 && needs.condition && !problems.failed) {
    problems.error('sigma/condition', 'the condition has no bound', {
      at: tree.at,
      help: 'add such as "gte: 10"',
    })
  }
  const field = readField(tree, type, problems)
  const percentile = readPercentile(tree, type, problems)
  if (!needs.condition) checkTemporal(tree, type, condition, rules, problems)
  return { condition, field, ...(percentile === undefined ? {} : { percentile }) }
}

const ORDERS = ['gt', 'gte', 'lt', 'lte', 'eq', 'neq'] as const

/** The bounds of a condition; `others` are the keys that it may have besides. */
export function readBounds(map: TreeMap, others: readonly string[], problems: Problems): readonly Bound[] {
  const known: readonly string[] = [...ORDERS, ...others]
  const bounds: Bound[] = []
  for (const { key, keyAt, value } of map.entries) {
    const order = ORDERS.find(candidate => candidate === key)
    if (order !== undefined) {
      const number = numberOf(value)
      if (number !== undefined) bounds.push({ order, value: number })
      else problems.error('sigma/type', `"${key}" is ${kindOf(value)}, not a number`, { at: value.at })
    } else if (!known.includes(key)) {
      const near = nearest(key, known)
      problems.error('sigma/unknown-key', `a condition has no "${key}"`, {
        at: keyAt,
        help: near === undefined ? `there are ${known.join(', ')}` : `did you mean "${near}"?`,
      })
    }
  }
  if (isEmptyRange(bounds))
    problems.warn('sigma/condition', 'no number keeps these bounds: the rule never holds', { at: map.at })
  return bounds
}

/** Is there no number between the bounds? */
function isEmptyRange(bounds: readonly Bound[]): boolean {
  const from = bounds.filter(({ order }) => order === 'gt' || order === 'gte' || order === 'eq')
  const to = bounds.filter(({ order }) => order === 'lt' || order === 'lte' || order === 'eq')
  const strict = (low: Bound, high: Bound): boolean => low.order === 'gt' || high.order === 'lt'
  const apart = from.some(low =>
    to.some(high => low.value > high.value || (low.value === high.value && strict(low, high))),
  )
  return (
    apart ||
    bounds.some(
      one => one.order === 'neq' && from.some(({ order, value }) => order === 'eq' && value === one.value),
    )
  )
}

function readField(map: TreeMap, type: CorrelationType, problems: Problems): readonly string[] {
  const { field } = TYPES[type]
  const found = entry(map, 'field')
  const trees = listed(get(map, 'field'))
  if (trees.length === 0 && field !== 'none')
    problems.list.push(missing(map, 'field', `a condition of ${type}`))
  if (found !== undefined && field === 'none') {
    problems.error('sigma/correlation-field', `${type} looks at no field`, {
      at: found.keyAt,
      help: type === 'event_count' ? 'value_count counts the values of a field' : undefined,
    })
  }
  if (trees.length > 1 && field === 'one') {
    problems.error('sigma/correlation-field', `${type} looks at one field only`, { at: found?.keyAt })
  }
  return trees.flatMap(tree => {
    const name = readFieldName(scalarText(tree) ?? '', tree.at, problems)
    if (name !== '') return [name]
    problems.error('sigma/type', `"field" holds ${kindOf(tree)}, not the name of a field`, { at: tree.at })
    return []
  })
}

function readPercentile(map: TreeMap, type: CorrelationType, problems: Problems): number | undefined {
  const found = entry(map, 'percentile')
  if (found === undefined) {
    if (TYPES[type].percentile) problems.list.push(missing(map, 'percentile', `a condition of ${type}`))
    return undefined
  }
  const number = numberOf(found.value)
  if (!TYPES[type].percentile) {
    problems.error('sigma/percentile', `${type} has no percentile`, { at: found.keyAt })
  } else if (number === undefined || number < 0 || number > 100) {
    problems.error('sigma/percentile', '"percentile" is a number from 0 to 100', { at: found.value.at })
  }
  return number
}

/** A temporal correlation asks for so many of its rules, one at least; an ordered one for all. */
function checkTemporal(
  map: TreeMap,
  type: CorrelationType,
  bounds: readonly Bound[],
  rules: number,
  problems: Problems,
): void {
  if (bounds.length === 0 || problems.failed) return
  const counts = Array.from({ length: rules + 1 }, (_, count) => count)
  const [least] = counts.filter(count => !isEmptyRange([...bounds, { order: 'eq', value: count }]))
  if (least !== undefined && least >= (type === 'temporal_ordered' ? rules : 1)) return
  problems.error('sigma/temporal-condition', `${type} cannot have this condition`, {
    at: map.at,
    help:
      type === 'temporal_ordered'
        ? 'leave it out: all rules must match, in their order'
        : `write "gte:" and how many of the ${rules} rules must match, or leave it out for all`,
  })
}

function numberOf(tree: Tree): number | undefined {
  return tree.kind === 'scalar' && typeof tree.value === 'number' ? tree.value : undefined
}
