import type { Outcome } from '../../core/diagnostic.ts'
import type { FieldStyle } from '../../engines/files/event-row.ts'
import { splSearch } from '../../lang/spl/search.ts'
import { sumoSearch } from '../../lang/sumo/search.ts'
import type { LanguageSearch, SearchSettings } from './language-search.ts'
import { sigmaQuery } from './sigma-query.ts'
import { sqlQuery } from './sql-query.ts'

/** A language that searches are written in. */
export interface SearchLanguage {
  readonly title: string
  readonly style: FieldStyle
  parse(text: string, settings: SearchSettings): Outcome<LanguageSearch>
}

export const languages = {
  spl: { title: 'Splunk SPL', style: 'splunk', parse: (text, { macros }) => splSearch(text, { macros }) },
  sumo: {
    title: 'Sumo Logic',
    style: 'sumo',
    parse: (text, { strict, parameters = new Map() }) => sumoSearch(text, { strict, parameters }),
  },
  sigma: { title: 'Sigma', style: 'splunk', parse: sigmaQuery },
  sql: { title: 'SQL', style: 'splunk', parse: sqlQuery },
} as const satisfies Record<string, SearchLanguage>

export type LanguageName = keyof typeof languages

export const languageNames = Object.keys(languages) as readonly LanguageName[]
