import type { LogSource } from '../../core/log-source.ts'
import type { MacroTable } from '../../lang/spl/search.ts'
import type { ContextTable } from '../../plan/context-table.ts'
import type { Search } from '../../plan/lowering.ts'

/** What a search may be told beside its text. */
export interface SearchSettings {
  readonly macros: MacroTable
  /** To the letter, where a language has a more forgiving reading. */
  readonly strict: boolean
  /** What `{{name}}` stands for in a Sumo Logic search. */
  readonly parameters?: ReadonlyMap<string, string>
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
