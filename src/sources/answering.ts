import type { LogSource } from '../core/log-source.ts'

/** Sigma's words for a log; each list has what a rule may say. */
export interface Words {
  readonly products: readonly string[]
  readonly services: readonly string[]
  readonly categories?: readonly string[]
}

/** Is a rule with this log source about a log with these words? What the rule leaves out is not restricted. */
export function says({ product, category, service }: LogSource, words: Words): boolean {
  return (
    among(product, words.products) &&
    among(service, words.services) &&
    among(category, words.categories ?? [])
  )
}

function among(word: string | undefined, words: readonly string[]): boolean {
  return word === undefined || words.includes(word.toLowerCase())
}
