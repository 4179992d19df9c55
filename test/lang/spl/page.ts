import type { JsonObject } from '../../../src/core/json.ts'
import { readMacrosConf } from '../../../src/lang/spl/macros/conf.ts'
import type { Macros } from '../../../src/lang/spl/macros/macro.ts'
import { lookupsOf, pageText } from '../../search-page.ts'
import type { SearchPage } from '../../search-pages.ts'

/** A page of `test/cases/spl`: a search, events, and what comes of them. */
export interface SplPage extends SearchPage {
  readonly search: string
  readonly events: readonly JsonObject[]
  readonly macros: Macros
}

/** Reads `# Title` and blocks: `spl`, `jsonl`, perhaps `macros` and `lookup` (its name and options, then rows). */
export function readPage(markdown: string): SplPage {
  const { title, written, block, lines } = pageText(markdown, ['spl', 'jsonl', 'macros', 'lookup'])
  const macros = readMacrosConf(block('macros'))
  return {
    title,
    written,
    search: block('spl'),
    events: lines('jsonl').map(line => JSON.parse(line) as JsonObject),
    macros: macros.ok ? macros.value : new Map(),
    lookups: lookupsOf(lines('lookup')),
  }
}
