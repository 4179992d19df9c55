import type { Expr } from '../../plan/expr.ts'
import type { RuleMeta, RuleOrigin } from '../../plan/rule.ts'
import { readDetection } from './detection.ts'
import type { Reference, SigmaFilter } from './document.ts'
import type { Reading } from './reading.ts'
import { entry, get, kindOf, listed, scalarText, type TreeMap } from './tree.ts'

/**
 * Reads a filter. Its condition is added to the rules as it is written, so one that takes hits away starts with
 * `not`; without any `not` it is warned of.
 */
export function readFilter(
  root: TreeMap,
  meta: RuleMeta,
  origin: RuleOrigin,
  reading: Reading,
): SigmaFilter | undefined {
  const { problems, logsource } = reading
  const map = get(root, 'filter')
  if (map?.kind !== 'map') {
    const what = map === undefined ? 'empty' : kindOf(map)
    problems.error('sigma/type', `"filter" is ${what}, not a map`, { at: entry(root, 'filter')?.keyAt })
    return undefined
  }
  const rules = readTargets(map, reading)
  const where = readDetection(map, reading, ['rules'])
  if (where === undefined) return undefined
  if (!hasNot(where)) {
    problems.warn('sigma/filter-without-not', 'this filter keeps what it matches and drops everything else', {
      at: entry(map, 'condition')?.keyAt,
      help: 'to drop what it matches, write "not" before the condition',
    })
  }
  return { meta, logsource, ...(rules === undefined ? {} : { rules }), where, origin }
}

/** Nothing, an empty list and `any` mean every rule. */
function readTargets(map: TreeMap, { problems }: Reading): readonly Reference[] | undefined {
  const trees = listed(get(map, 'rules'))
  const references = trees.flatMap(tree => {
    const text = scalarText(tree)?.trim()
    if (text !== undefined && text !== '') return [{ text, at: tree.at }]
    problems.error('sigma/type', `"rules" holds ${kindOf(tree)}, not the name of a rule`, { at: tree.at })
    return []
  })
  return references.length === 0 || references.some(({ text }) => text === 'any') ? undefined : references
}

function hasNot(expr: Expr): boolean {
  if (expr.kind === 'not') return true
  return (expr.kind === 'and' || expr.kind === 'or') && expr.of.some(hasNot)
}
