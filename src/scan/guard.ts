import type { Expr, Field, Leaf } from '../plan/expr.ts'
import { literal } from '../plan/pattern.ts'
import { isValueLeaf, type ValueLeaf } from '../plan/value-leaf.ts'
import { keywordLiteral } from './keyword-index.ts'
import { rawLiteral } from './leaf-literal.ts'

/** A cheap condition that must hold for a rule to match, by which the rule is filed. */
export type Guard =
  /** A value of the field has this text, in lower case. */
  | { readonly kind: 'text'; readonly of: Field; readonly text: string }
  /** A value of the field passes a test. */
  | { readonly kind: 'test'; readonly of: Field; readonly leaf: ValueLeaf }
  /** The field is there. */
  | { readonly kind: 'present'; readonly of: Field }
  /** The event holds this text somewhere, in any case. */
  | { readonly kind: 'keyword'; readonly text: string }

/** Guards of which at least one holds whenever the rule matches. None at all: the rule never matches. */
export interface GuardSet {
  readonly guards: readonly Guard[]
  readonly cost: number
}

export type GuardCost = (guard: Guard) => number

/** The cheapest sound guard set of a condition, or `undefined` if it may match without any of them. */
export function guardsOf(expr: Expr, cost: GuardCost): GuardSet | undefined {
  switch (expr.kind) {
    case 'and':
      return cheapest(expr.of.map(inner => guardsOf(inner, cost)))
    case 'or':
      return together(expr.of.map(inner => guardsOf(inner, cost)))
    case 'not':
      return undefined
    default:
      return cheapest(leafGuards(expr).map(guards => weighed(guards, cost)))
  }
}

function weighed(guards: readonly Guard[], cost: GuardCost): GuardSet {
  return { guards, cost: guards.reduce((sum, guard) => sum + cost(guard), 0) }
}

function cheapest(sets: readonly (GuardSet | undefined)[]): GuardSet | undefined {
  return sets.reduce(
    (best, set) => (best === undefined || (set !== undefined && set.cost < best.cost) ? set : best),
    undefined,
  )
}

function together(sets: readonly (GuardSet | undefined)[]): GuardSet | undefined {
  const guards: Guard[] = []
  let cost = 0
  for (const set of sets) {
    if (set === undefined) return undefined
    guards.push(...set.guards)
    cost += set.cost
  }
  return { guards, cost }
}

/** The sets of guards by which a leaf can be filed, each of them enough; empty if there is none. */
function leafGuards(leaf: Leaf): readonly (readonly Guard[])[] {
  if (leaf.kind === 'constant') return leaf.value ? [] : [[]]
  if (leaf.kind === 'exists') return [[{ kind: 'present', of: leaf.of }]]
  if (leaf.kind === 'same') return [[{ kind: 'present', of: leaf.of }]]
  if (leaf.kind === 'null') return []
  if (leaf.kind === 'keyword') return keywordGuards(keywordLiteral(leaf.pattern))
  return isValueLeaf(leaf) ? valueGuards(leaf) : []
}

function valueGuards(leaf: ValueLeaf): readonly (readonly Guard[])[] {
  const { of } = leaf
  if (leaf.kind === 'match') {
    const text = literal(leaf.pattern)
    if (text !== undefined) return [[{ kind: 'text', of, text: text.toLowerCase() }]]
  }
  if (leaf.kind === 'boolean') return [[{ kind: 'text', of, text: String(leaf.value) }]]
  if (leaf.kind === 'number') {
    const texts = new Set([leaf.text.toLowerCase(), String(leaf.value)])
    return [[...texts].map(text => ({ kind: 'text', of, text }))]
  }
  return [[{ kind: 'test', of, leaf }], ...keywordGuards(rawLiteral(leaf))]
}

function keywordGuards(text: string | undefined): readonly (readonly Guard[])[] {
  return text === undefined ? [] : [[{ kind: 'keyword', text }]]
}
