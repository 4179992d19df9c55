import { wordStretch } from '../../plan/word-stretch.ts'
import { asksForStart } from './start-time.ts'
import type { Pipeline, Scope } from './syntax.ts'
import { pipelinesIn } from './walk.ts'

/** Of each list one stands in the text of every message that the scope lets through, in any case. */
export type Words = readonly (readonly string[])[]

/**
 * Stretches of the keywords of a scope, as far as it is certain that it needs them. Nothing is certain if it depends on all
 * messages whether metadata counts or when the search begins, or if a subquery has a scope of its own.
 */
export function wordsNeeded(query: Pipeline): Words {
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

function needed(scope: Scope): Words {
  switch (scope.kind) {
    case 'and':
      return scope.of.flatMap(needed)
    case 'or': {
      const some = scope.of.map(part => needed(part)[0])
      return some.length > 0 && some.every(one => one !== undefined) ? [some.flat()] : []
    }
    case 'keyword':
    case 'phrase': {
      const text = scope.raw.replace(/\\(.)/g, '$1')
      const found = text.includes('{{') ? undefined : wordStretch(text)
      return found === undefined ? [] : [[found]]
    }
    default:
      return []
  }
}
