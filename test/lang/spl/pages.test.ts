import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { printDiagnostic } from '../../../src/core/print-diagnostic.ts'
import { splSearch } from '../../../src/lang/spl/search.ts'
import { Refusal } from '../../../src/plan/lowering.ts'
import { SearchBench } from '../../search-harness.ts'
import { readPage, type SplPage, writePage } from './page.ts'

/** `UPDATE=1` writes what comes of each page into it; read the difference like code. */
const update = process.env['UPDATE'] === '1'
const CASES = 'test/cases/spl'

const pages = readdirSync(CASES, { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.md'))
  .sort()

let bench: SearchBench
beforeAll(async () => {
  bench = await SearchBench.open()
})
afterAll(() => bench.close())

test.each(pages)('%s', async file => {
  const path = `${CASES}/${file}`
  const text = readFileSync(path, 'utf8')
  const page = readPage(text)
  expect(page.title).not.toBe('')
  const result = writePage(page, await run(page))
  if (update && result !== text) writeFileSync(path, result)
  else expect(result).toBe(text)
})

test('no two have the same title', () => {
  const titles = pages.map(file => readPage(readFileSync(`${CASES}/${file}`, 'utf8')).title)
  expect(titles.filter((title, place) => titles.indexOf(title) !== place)).toEqual([])
})

/** What comes of a page: the rows in their order without `_raw`, and what is said of the search. */
async function run(page: SplPage): Promise<Readonly<Record<string, string | undefined>>> {
  const { search, events, lookups, macros } = page
  const read = splSearch(search, { macros })
  const said = read.problems.map(problem => printDiagnostic(problem, 'search', search))
  if (!read.ok) return { problems: said.join('\n') }
  try {
    const { rows, notes, unknown } = await bench.run(read.value, 'splunk', events, { lookups })
    const told = [
      ...said,
      ...notes.map(note => printDiagnostic(note, 'search', search)),
      ...[...new Set(unknown)].map(name => `no event has a field "${name}"`),
    ]
    return {
      rows: rows.map(({ _raw, ...row }) => JSON.stringify(row)).join('\n'),
      problems: told.length === 0 ? undefined : told.join('\n'),
    }
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
    return { problems: [...said, printDiagnostic(thrown.problem, 'search', search)].join('\n') }
  }
}
