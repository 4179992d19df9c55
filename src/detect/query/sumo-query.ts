import type { Outcome } from '../../core/diagnostic.ts'
import { sumoSearch } from '../../lang/sumo/search.ts'
import type { LanguageSearch, SearchSettings } from './language-search.ts'

/** A search of Sumo Logic. */
export function sumoQuery(
  text: string,
  { strict, parameters = new Map() }: SearchSettings,
): Outcome<LanguageSearch> {
  return sumoSearch(text, { strict, parameters })
}
