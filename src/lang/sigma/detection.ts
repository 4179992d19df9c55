import type { Span } from '../../core/diagnostic.ts'
import type { Expr } from '../../plan/expr.ts'
import { allOf } from './build.ts'
import { readCondition } from './condition.ts'
import { readItem, readKeywords } from './item.ts'
import { limits } from './limits.ts'
import type { Reading } from './reading.ts'
import { entry, isNull, kindOf, missing, type Tree, type TreeEntry, type TreeMap } from './tree.ts'

/** Reads search identifiers and the condition over them; `undefined` if anything is wrong. */
export function readDetection(
  map: TreeMap,
  reading: Reading,
  apart: readonly string[] = [],
): Expr | undefined {
  const { problems } = reading
  const timeframe = entry(map, 'timeframe')
  if (timeframe !== undefined) {
    problems.error('sigma/timeframe', '"timeframe" belongs to the aggregations of Sigma 1', {
      at: timeframe.keyAt,
      help: 'write the rule without it, and a correlation over it with "timespan"',
    })
  }
  const condition = entry(map, 'condition')
  const identifiers = new Map<string, { readonly test: Expr; readonly at: Span }>()
  for (const candidate of map.entries) {
    if (candidate === condition || candidate === timeframe || apart.includes(candidate.key)) continue
    // A broken identifier is told once, not again where the condition names it.
    const test = readIdentifier(candidate, reading) ?? { kind: 'constant', value: false }
    identifiers.set(candidate.key, { test, at: candidate.keyAt })
  }
  if (condition === undefined || isNull(condition.value)) {
    problems.list.push(missing(map, 'condition', 'the detection'))
    return undefined
  }
  const where = readCondition(condition, identifiers, problems)
  if (where !== undefined && tests(where, limits.tests) > limits.tests) {
    problems.error('sigma/condition', `the condition makes more than ${limits.tests} tests`, {
      at: condition.keyAt,
      help: 'name an identifier once, with parentheses around what it is combined with',
    })
  }
  return problems.failed ? undefined : where
}

/** How many tests a condition makes, or some number above the limit; identifiers count each time they are named. */
function tests(expr: Expr, limit: number): number {
  if (expr.kind === 'not') return tests(expr.of, limit)
  if (expr.kind !== 'and' && expr.kind !== 'or') return 1
  let sum = 0
  for (const part of expr.of) {
    sum += tests(part, limit - sum)
    if (sum > limit) break
  }
  return sum
}

/** A search identifier always is an `and` or `or` that carries its name, so that an explanation can show it. */
function readIdentifier({ key, keyAt, value }: TreeEntry, reading: Reading): Expr | undefined {
  if (value.kind === 'map') {
    const items = readMap(value, reading)
    return items === undefined ? undefined : { kind: 'and', of: items, label: key }
  }
  const trees = value.kind === 'list' ? value.items : isNull(value) ? [] : [value]
  if (trees.length === 0) {
    reading.problems.error('sigma/empty-identifier', `"${key}" looks for nothing`, { at: keyAt })
    return undefined
  }
  const found = trees.flatMap(tree => readAlternative(tree, keyAt, reading) ?? [])
  return found.length < trees.length ? undefined : { kind: 'or', of: found, label: key }
}

function readAlternative(tree: Tree, at: Span, reading: Reading): Expr | undefined {
  if (tree.kind === 'scalar') return readKeywords([tree], at, reading)
  if (tree.kind === 'map') {
    const items = readMap(tree, reading)
    return items === undefined ? undefined : allOf(items)
  }
  reading.problems.error('sigma/nested-value', `an alternative is ${kindOf(tree)}, not a map or a keyword`, {
    at: tree.at,
  })
  return undefined
}

function readMap(map: TreeMap, reading: Reading): readonly Expr[] | undefined {
  if (map.entries.length === 0) {
    reading.problems.error('sigma/empty-identifier', 'a selection looks for nothing', { at: map.at })
    return undefined
  }
  const found = map.entries.flatMap(item => readItem(item, reading) ?? [])
  return found.length < map.entries.length ? undefined : found
}
