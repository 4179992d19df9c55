import { type NeededWords, neededBy, neededByAny } from '../../plan/needed-words.ts'
import { ORIGINS } from './lower/term.ts'
import { nested, readsEvents } from './prefilter.ts'
import type { Search, Term } from './syntax/tree.ts'
import { objectsIn } from './walk.ts'

/**
 * Stretches of the words that a search looks for, as far as it is certain that it needs them. Nothing is certain where
 * more than one search reads events, or where it depends on all events whether a term counts.
 */
export function wordsNeeded(search: Search): NeededWords {
  if ([...objectsIn(search)].some(({ kind }) => kind === 'map')) return []
  const [only, ...others] = [search, ...nested(search)].filter(readsEvents)
  const [first] = others.length === 0 ? (only?.stages ?? []) : []
  if (first?.kind !== 'search' || first.term === undefined || asksForOrigin(first.term)) return []
  return needed(first.term)
}

function needed(term: Term): NeededWords {
  switch (term.kind) {
    case 'and':
      return term.of.flatMap(needed)
    case 'or':
      return neededByAny(term.of.map(needed))
    case 'word':
      return neededBy(term.text)
    default:
      return []
  }
}

/** Every known log has these two, and an index is none that an event would lack. */
const SURE = new Set(['index', 'source', 'sourcetype'])

/** Does it depend on all events whether the term counts? */
function asksForOrigin(term: Term): boolean {
  return [term, ...objectsIn(term)].some(node => {
    const { field } = node as { readonly field?: { readonly name?: string } }
    return field?.name !== undefined && ORIGINS.has(field.name) && !SURE.has(field.name)
  })
}
