import { type NeededWords, neededBy, neededByAny } from '../../plan/needed-words.ts'
import { asksForStart } from './start-time.ts'
import type { Pipeline, Scope } from './syntax.ts'
import { pipelinesIn } from './walk.ts'

/**
 * Stretches of the keywords of a scope, as far as it is certain that it needs them. Nothing is certain if it depends on all
 * messages whether metadata counts or when the search begins, or if a subquery has a scope of its own.
 */
export function wordsNeeded(query: Pipeline): NeededWords {
  if (query.scope === undefined || pipelinesIn(query).length > 1) return []
  return asksForStart(query) || namesMetadata(query.scope) ? [] : needed(query.scope)
}

function namesMetadata(scope: Scope): boolean {
  switch (scope.kind) {
    case 'and':
    case 'or':
      return scope.of.some(namesMetadata)
    case 'not':
      return namesMetadata(scope.of)
    default:
      return scope.kind === 'metadata'
  }
}

function needed(scope: Scope): NeededWords {
  switch (scope.kind) {
    case 'and':
      return scope.of.flatMap(needed)
    case 'or':
      return neededByAny(scope.of.map(needed))
    case 'keyword':
    case 'phrase':
      return scope.raw.includes('{{') ? [] : neededBy(scope.raw.replace(/\\(.)/g, '$1'))
    default:
      return []
  }
}
