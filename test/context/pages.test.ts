import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { answered, readContextPage } from './context-page.ts'

/** `UPDATE=1` writes what comes of each page into it; read the difference like code. */
const update = process.env['UPDATE'] === '1'
const CASES = 'test/cases/context'
const pages = readdirSync(CASES)
  .filter(file => file.endsWith('.md'))
  .sort()

describe('pages of context', () => {
  test.each(pages)('%s', file => {
    const path = `${CASES}/${file}`
    const text = readFileSync(path, 'utf8')
    const page = readContextPage(text)
    expect(page.title).not.toBe('')
    const result = answered(page)
    if (update && result !== text) writeFileSync(path, result)
    else expect(result).toBe(text)
  })

  test('no two have the same title', () => {
    const titles = pages.map(file => readContextPage(readFileSync(`${CASES}/${file}`, 'utf8')).title)
    expect(titles.filter((title, place) => titles.indexOf(title) !== place)).toEqual([])
  })
})
