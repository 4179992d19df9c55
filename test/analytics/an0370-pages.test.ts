import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '../cli/caller.ts'
import { answered, readPage } from './an0370-page.ts'

/** `UPDATE=1` writes what comes of each page into it; read the difference like code. */
const update = process.env['UPDATE'] === '1'
const CASES = 'test/cases/an0370'
const pages = readdirSync(CASES)
  .filter(file => file.endsWith('.md'))
  .sort()
const folder = temporaryFolder()

describe('pages of AN0370', () => {
  test.each(pages)('%s', async file => {
    const path = `${CASES}/${file}`
    const text = readFileSync(path, 'utf8')
    expect(readPage(text).title).not.toBe('')
    const result = await answered(text, folder, file)
    if (update && result !== text) writeFileSync(path, result)
    else expect(result).toBe(text)
  })
})
