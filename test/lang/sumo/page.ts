import type { JsonObject } from '../../../src/core/json.ts'
import { lookupsOf, pageText } from '../../search-page.ts'
import type { SearchPage } from '../../search-pages.ts'

/** A page of `test/cases/sumo`: a query, messages, and what comes of them. */
export interface SumoPage extends SearchPage {
  readonly query: string
  readonly messages: readonly (JsonObject | string)[]
  readonly strict: boolean
  readonly parameters: ReadonlyMap<string, string>
}

/** Reads `# Title` and blocks: `sumo`, then `jsonl` or `log`, perhaps `lookup` (its name, then rows) and `options`. */
export function readPage(markdown: string): SumoPage {
  const languages = ['sumo', 'jsonl', 'log', 'lookup', 'options']
  const { title, written, block, lines } = pageText(markdown, languages)
  const options = JSON.parse(block('options') || '{}') as {
    readonly strict?: boolean
    readonly parameters?: Readonly<Record<string, string>>
    readonly earliest?: number
  }
  return {
    title,
    written,
    query: block('sumo'),
    messages: [...lines('jsonl').map(line => JSON.parse(line) as JsonObject), ...lines('log')],
    lookups: lookupsOf(lines('lookup'), { maxMatches: 1 }),
    strict: options.strict === true,
    ...(options.earliest === undefined ? {} : { earliest: options.earliest }),
    parameters: new Map(Object.entries(options.parameters ?? {})),
  }
}
