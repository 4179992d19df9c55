import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { loadContext } from '../src/context/load.ts'
import { contextTables } from '../src/context/view.ts'
import type { JsonObject } from '../src/core/json.ts'
import { printDiagnostic } from '../src/core/print-diagnostic.ts'
import { print } from '../src/plan/print.ts'
import { compile } from '../src/scan/compile.ts'
import { type CasePage, readCase, writeCase } from './plain/case-page.ts'
import { evaluate } from './plain/evaluate.ts'
import { loadText } from './plain/load.ts'

/** `UPDATE=1` writes what comes of each page into it; read the difference like code. */
const update = process.env['UPDATE'] === '1'
const CASES = 'test/cases'
const MEANING = 'docs/meaning.md'

/** Pages of other kinds have runners of their own. */
const everyPage = readdirSync(CASES, { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.md'))
  .sort()
const pages = everyPage.filter(file => file.startsWith('sigma/'))

describe('pages', () => {
  test.each(pages)('%s', file => {
    const path = `${CASES}/${file}`
    const text = readFileSync(path, 'utf8')
    const page = readCase(text)
    expect(page.title).not.toBe('')
    expect(page.events.length).toBeLessThanOrEqual(6)
    const result = writeCase(page, run(page))
    if (update && result !== text) writeFileSync(path, result)
    else expect(result).toBe(text)
  })

  test('no two have the same title', () => {
    const titles = pages.map(file => readCase(readFileSync(`${CASES}/${file}`, 'utf8')).title)
    expect(titles.filter((title, place) => titles.indexOf(title) !== place)).toEqual([])
  })
})

/** What a rule needs besides; a page may show its detection alone. It stands below, so that lines keep their numbers. */
const FRAME = `
title: Page
id: 11111111-2222-4333-8444-555555555555
logsource: { product: aws, service: cloudtrail }
level: low`

/** What comes of a page. The scan and the plain evaluator must agree on every event. */
function run(page: CasePage): Readonly<Record<string, string | undefined>> {
  const framed = page.rule.startsWith('detection:') ? page.rule + FRAME : page.rule
  const tables = Object.entries(page.tables).map(([file, text]) => ({ file, text }))
  const known = contextTables(loadContext(tables, { asOf: Date.UTC(2024, 5, 1) }).context)
  const { rules, problems } = loadText(framed, 'rule.yml', page.placeholders, known)
  const said = problems.map(problem => printDiagnostic(problem, 'rule.yml', page.rule))
  const plans = rules.map(rule => print(rule.where))
  const rows = page.events.flatMap((text, place) => {
    const event = JSON.parse(text) as JsonObject
    const plain = rules.some(rule => evaluate(rule.where, event))
    expect(rules.some(rule => compile(rule.where)(event))).toBe(plain)
    return plain ? [place] : []
  })
  return {
    plan: plans.length === 0 ? undefined : plans.join('\n---\n'),
    rows: plans.length === 0 || page.events.length === 0 ? undefined : rows.join(' '),
    problems: said.length === 0 ? undefined : said.join('\n'),
  }
}

describe(MEANING, () => {
  const text = readFileSync(MEANING, 'utf8')
  const links = [...text.matchAll(/\]\(\.\.\/test\/cases\/([^)]+)\)/g)].map(([, file]) => file)
  test('every page is linked, and every link leads to a page', () => {
    const shown = everyPage.filter(file => /^(?:sigma|context|state|geo|an0370|an1318|sumo|spl)\//.test(file))
    expect([...new Set(links)].sort()).toEqual(shown)
  })
  test('every sentence has a page that shows it', () => {
    const sentences = text.split('\n\n').filter(part => /^\d+\.\d+ /.test(part))
    expect(sentences.filter(sentence => !sentence.includes('](../test/cases/'))).toEqual([])
    expect(sentences.length).toBeGreaterThan(60)
  })
})
