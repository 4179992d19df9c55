import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { loadContext } from '../src/context/load.ts'
import { contextTables } from '../src/context/view.ts'
import type { JsonObject } from '../src/core/json.ts'
import { printDiagnostic } from '../src/core/print-diagnostic.ts'
import { print } from '../src/plan/print.ts'
import { compile } from '../src/scan/compile.ts'
import { pagesIn, testPages } from './page-tests.ts'
import { type CasePage, readCase, writeCase } from './plain/case-page.ts'
import { evaluate } from './plain/evaluate.ts'
import { loadText } from './plain/load.ts'

const CASES = 'test/cases'
const MEANING = 'docs/meaning.md'

describe('pages', () => {
  testPages(`${CASES}/sigma`, text => {
    const page = readCase(text)
    expect(page.events.length).toBeLessThanOrEqual(6)
    return writeCase(page, run(page))
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
    const shown = pagesIn(CASES).filter(file =>
      /^(?:sigma|context|suppressed|state|geo|an0370|an1318|sumo|spl)\//.test(file),
    )
    expect([...new Set(links)].sort()).toEqual(shown)
  })
  test('every sentence has a page that shows it', () => {
    const sentences = text.split('\n\n').filter(part => /^\d+\.\d+ /.test(part))
    expect(sentences.filter(sentence => !sentence.includes('](../test/cases/'))).toEqual([])
    expect(sentences.length).toBeGreaterThan(60)
  })
})
