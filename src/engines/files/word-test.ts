import type { NeededWords } from '../../plan/needed-words.ts'
import { generic } from '../../sources/generic/generic.ts'
import type { LoadedEvent } from './event-row.ts'

/** Whether an event can matter, by its text. Of each list of words one must be there, in any case. */
export type WordTest = (event: Pick<LoadedEvent, 'source' | 'text' | 'around'>) => boolean

/**
 * Looks for words in the text of events of known logs; what a collector told of is let through, and so is text that may spell
 * the words otherwise.
 */
export function wordTest(words: NeededWords): WordTest {
  if (words.length === 0) return () => true
  return ({ source, text, around }) => {
    if (source === generic || source.map !== undefined || around !== undefined) return true
    const lower = text.toLowerCase()
    return words.every(some => some.some(word => lower.includes(word))) || mayDiffer(lower)
  }
}

/** Escapes stand for any character, and the long `s` is a letter `s` to who looks for one in any case. */
function mayDiffer(lower: string): boolean {
  return lower.includes('\\u') || lower.includes('\u017f')
}
