import { type Outcome, ok, refused } from '../../core/diagnostic.ts'
import type { LanguageSearch } from './language-search.ts'

/** One SELECT over the table `events`; the engine says what is wrong with it. */
export function sqlQuery(text: string): Outcome<LanguageSearch> {
  if (text.trim() === '')
    return refused([{ code: 'query/sql-empty', severity: 'error', message: 'there is no statement' }])
  return ok({
    wish: { names: new Set(['_time', '_raw']), all: true },
    sql: text,
    // biome-ignore lint/correctness/useYield: it asks nothing of the data
    *lower({ events }) {
      return events
    },
  })
}
