import type { Outcome } from '../../core/diagnostic.ts'
import { splSearch } from '../../lang/spl/search.ts'
import type { LanguageSearch, SearchSettings } from './language-search.ts'

/** A search of Splunk. */
export function splQuery(text: string, { macros }: SearchSettings): Outcome<LanguageSearch> {
  return splSearch(text, { macros })
}
