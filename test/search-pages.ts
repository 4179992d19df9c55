import { afterAll, beforeAll } from 'vitest'
import type { Outcome } from '../src/core/diagnostic.ts'
import type { JsonObject } from '../src/core/json.ts'
import { printDiagnostic } from '../src/core/print-diagnostic.ts'
import { type LookupTable, Refusal, type Search } from '../src/plan/lowering.ts'
import { testPages } from './page-tests.ts'
import { type Ran, SearchBench } from './search-harness.ts'
import { writePage } from './search-page.ts'

/** What every page of a search language has. */
export interface SearchPage {
  readonly title: string
  readonly written: string
  readonly lookups: Readonly<Record<string, LookupTable>>
  /** When the searched time begins, in seconds since 1970 UTC. */
  readonly earliest?: number
}

/** How the pages of a language are read and run. */
export interface SearchPages<Page extends SearchPage> {
  readonly folder: string
  readonly style: 'splunk' | 'sumo'
  /** What the language calls a search, and what it looks through. */
  readonly words: { readonly search: string; readonly event: string }
  readonly readPage: (markdown: string) => Page
  readonly text: (page: Page) => string
  readonly events: (page: Page) => readonly (JsonObject | string)[]
  readonly search: (page: Page) => Outcome<Search>
  /** A row as the page shows it; all of it if absent. */
  readonly shown?: (row: Ran['rows'][number]) => object
}

/** One test for each page of a folder: what comes of it is what it says. */
export function testSearchPages<Page extends SearchPage>(kind: SearchPages<Page>): void {
  let bench: SearchBench
  beforeAll(async () => {
    bench = await SearchBench.open()
  })
  afterAll(() => bench.close())

  testPages(kind.folder, async text => {
    const page = kind.readPage(text)
    return writePage(page, await resultsOf(page, kind, bench))
  })
}

/** What comes of a page: the rows in their order, and what is said of the search. */
async function resultsOf<Page extends SearchPage>(
  page: Page,
  kind: SearchPages<Page>,
  bench: SearchBench,
): Promise<Readonly<Record<string, string | undefined>>> {
  const { style, words, shown = row => row } = kind
  const read = kind.search(page)
  const print = (problem: Parameters<typeof printDiagnostic>[0]): string =>
    printDiagnostic(problem, words.search, kind.text(page))
  const said = read.problems.map(print)
  if (!read.ok) return { problems: said.join('\n') }
  try {
    const { lookups, earliest } = page
    const around = { lookups, ...(earliest === undefined ? {} : { earliest }) }
    const { rows, notes, unknown } = await bench.run(read.value, style, kind.events(page), around)
    const missing = [...new Set(unknown)].map(name => `no ${words.event} has a field "${name}"`)
    const told = [...said, ...notes.map(print), ...missing]
    return {
      rows: rows.map(row => JSON.stringify(shown(row))).join('\n'),
      problems: told.length === 0 ? undefined : told.join('\n'),
    }
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
    return { problems: [...said, print(thrown.problem)].join('\n') }
  }
}
