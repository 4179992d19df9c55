import type { Outcome } from '../../core/diagnostic.ts'
import type { LogSource } from '../../core/log-source.ts'
import { type MacroTable, splSearch } from '../../lang/spl/search.ts'
import { sumoSearch } from '../../lang/sumo/search.ts'
import type { ContextTable } from '../../plan/context-table.ts'
import type { Search } from '../../plan/lowering.ts'
import type { FieldStyle } from './event-row.ts'
import { sigmaQuery } from './sigma-query.ts'
import { sqlQuery } from './sql-query.ts'

/** What a search may be told beside its text. */
export interface SearchSettings {
  readonly macros: MacroTable
  /** To the letter, where a language has a more forgiving reading. */
  readonly strict: boolean
  /** What the organisation knows, for rules that ask. */
  readonly tables?: readonly ContextTable[]
}

/** A search in one of the languages. */
export interface LanguageSearch extends Search {
  /** Only the events of these logs; and then `prefilter` decides alone. */
  readonly logsource?: LogSource
  /** The engine's own language, which runs over the table `events` in place of what `lower` gives. */
  readonly sql?: string
}

/** A language that searches are written in. */
export interface SearchLanguage {
  readonly title: string
  readonly style: FieldStyle
  parse(text: string, settings: SearchSettings): Outcome<LanguageSearch>
}

export const languages = {
  spl: { title: 'Splunk SPL', style: 'splunk', parse: (text, { macros }) => splSearch(text, { macros }) },
  sumo: { title: 'Sumo Logic', style: 'sumo', parse: (text, { strict }) => sumoSearch(text, { strict }) },
  sigma: { title: 'Sigma', style: 'splunk', parse: sigmaQuery },
  sql: { title: 'SQL', style: 'splunk', parse: sqlQuery },
} as const satisfies Record<string, SearchLanguage>

export type LanguageName = keyof typeof languages

export const languageNames = Object.keys(languages) as readonly LanguageName[]
