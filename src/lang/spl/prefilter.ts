import { type Expr, field } from '../../plan/expr.ts'
import { hiddenPath } from '../../plan/hidden-path.ts'
import { isDatePart } from './lower/context.ts'
import { OWN_ACTIONS } from './lower/origins.ts'
import { timeBoundNamed } from './lower/time-modifiers.ts'
import { wildcards } from './lower/wildcards.ts'
import type { Search, Term } from './syntax/tree.ts'
import { objectsIn } from './walk.ts'

/**
 * What the raw events must be for the first stage to let them through, as far as that is certain: a field that is
 * there decides; one that is missing may be made by the source under the same name, so it lets the event through.
 */
export function prefilter(search: Search): Expr | undefined {
  // What a map will search for is known only when it runs.
  if ([...objectsIn(search)].some(({ kind }) => kind === 'map')) return undefined
  const filters = [search, ...nested(search)].filter(readsEvents).map(ofFirst)
  const [only] = filters
  if (filters.length < 2) return only
  return filters.every(filter => filter !== undefined) ? { kind: 'or', of: filters } : undefined
}

/** The searches inside of others: what they read is loaded with the rest. */
export function nested(search: Search): readonly Search[] {
  return [...objectsIn(search)].filter(
    (node): node is Search & typeof node => node !== (search as unknown) && Array.isArray(node['stages']),
  )
}

const OTHERS = new Set(['inputlookup', 'makeresults', 'gentimes'])

/** A table that is looked into is no event. */
export function readsEvents({ stages: [first] }: Search): boolean {
  if (first?.kind === 'from') return first.of === 'datamodel'
  return first === undefined || !OTHERS.has(first.kind)
}

function ofFirst({ stages: [first] }: Search): Expr | undefined {
  if (first?.kind !== 'search' || first.term === undefined) return undefined
  const parts = (first.term.kind === 'and' ? first.term.of : [first.term]).flatMap(certain)
  return parts.length === 0 ? undefined : { kind: 'and', of: parts }
}

function certain(term: Term): readonly Expr[] {
  if (term.kind === 'or') {
    const of = term.of.map(certain)
    return of.every(part => part.length === 1) ? [{ kind: 'or', of: of.flat() }] : []
  }
  if (term.kind === 'compare' && term.op === '=') return equal(term.field.name, [term.value])
  return term.kind === 'in' ? equal(term.field.name, term.values) : []
}

/** Names that the product gives to events itself. */
const OWN = new Set([
  'index',
  'sourcetype',
  'source',
  'host',
  'eventtype',
  'tag',
  'splunk_server',
  'linecount',
  'punct',
])

function equal(name: string, values: readonly string[]): readonly Expr[] {
  if (
    !/^[A-Za-z]\w*(\.\w+)*$/.test(name) ||
    OWN.has(name) ||
    timeBoundNamed(name) !== undefined ||
    isDatePart(name)
  )
    return []
  if (!values.every(isPlain)) return []
  const of = field(name)
  const words = name === 'action' ? [...values, ...OWN_ACTIONS] : values
  const tests = words.map((value): Expr => ({ kind: 'match', of, pattern: wildcards(value), caseless: true }))
  return [
    { kind: 'or', of: [...tests, { kind: 'null', of }, ...(of.path.length === 1 ? [] : [hiddenPath(of)])] },
  ]
}

/** Neither a number, which may be written in several ways, nor a network, nor beyond ASCII, where cases differ. */
function isPlain(value: string): boolean {
  return (
    /^[\x20-\x7e]+$/.test(value) &&
    /[A-Za-z]/.test(value) &&
    !/^[-+.\d]/.test(value) &&
    value.toLowerCase() !== 'null'
  )
}
