import type { JsonObject } from '../../../src/core/json.ts'
import { type SumoOptions, sumoSearch } from '../../../src/lang/sumo/search.ts'
import type { LookupTable, Search } from '../../../src/plan/lowering.ts'
import type { SearchBench } from '../../search-harness.ts'

/** A query that must be fine. */
export function search(query: string, options: SumoOptions = {}): Search {
  const read = sumoSearch(query, options)
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join('\n'))
  return read.value
}

/** What a query gives over messages. */
export async function rowsOf(
  bench: SearchBench,
  query: string,
  messages: readonly (JsonObject | string)[],
  options: SumoOptions & { readonly lookups?: Readonly<Record<string, LookupTable>> } = {},
) {
  const { lookups = {}, ...rest } = options
  const { rows } = await bench.run(search(query, rest), 'sumo', messages, { lookups })
  return rows
}
