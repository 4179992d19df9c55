import type { Outcome } from '../../core/diagnostic.ts'
import { type MacroTable, splSearch } from '../../lang/spl/search.ts'
import { sumoSearch } from '../../lang/sumo/search.ts'
import type { Search } from '../../plan/lowering.ts'
import type { FieldStyle } from './event-row.ts'

/** What a search may be told beside its text. */
export interface SearchSettings {
  readonly macros: MacroTable
  /** To the letter, where a language has a more forgiving reading. */
  readonly strict: boolean
}

/** A language that searches are written in. */
export interface SearchLanguage {
  readonly title: string
  readonly style: FieldStyle
  parse(text: string, settings: SearchSettings): Outcome<Search>
}

export const languages = {
  spl: { title: 'Splunk SPL', style: 'splunk', parse: (text, { macros }) => splSearch(text, { macros }) },
  sumo: { title: 'Sumo Logic', style: 'sumo', parse: (text, { strict }) => sumoSearch(text, { strict }) },
} as const satisfies Record<string, SearchLanguage>

export type LanguageName = keyof typeof languages

export const languageNames = Object.keys(languages) as readonly LanguageName[]
