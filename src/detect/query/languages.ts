import type { Outcome } from '../../core/diagnostic.ts'
import type { FieldStyle } from '../../engines/files/event-row.ts'
import type { LanguageSearch, SearchSettings } from './language-search.ts'

/** Reads the text of a search. */
type ReadSearch = (text: string, settings: SearchSettings) => Outcome<LanguageSearch>

/** A language that searches are written in. */
export interface SearchLanguage {
  readonly title: string
  readonly style: FieldStyle
  /** What reads it, loaded when it is asked for: a language is more than a hundred modules. */
  reader(): Promise<ReadSearch>
}

export const languages = {
  spl: {
    title: 'Splunk SPL',
    style: 'splunk',
    reader: async () => (await import('./spl-query.ts')).splQuery,
  },
  sumo: {
    title: 'Sumo Logic',
    style: 'sumo',
    reader: async () => (await import('./sumo-query.ts')).sumoQuery,
  },
  sigma: {
    title: 'Sigma',
    style: 'splunk',
    reader: async () => (await import('./sigma-query.ts')).sigmaQuery,
  },
  sql: { title: 'SQL', style: 'splunk', reader: async () => (await import('./sql-query.ts')).sqlQuery },
} as const satisfies Record<string, SearchLanguage>

export type LanguageName = keyof typeof languages

export const languageNames = Object.keys(languages) as readonly LanguageName[]
