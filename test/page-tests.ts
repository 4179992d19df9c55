import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** `UPDATE=1` writes what comes of each page into it; read the difference like code. */
const update = process.env['UPDATE'] === '1'

/** The pages of a folder and of those in it, by their names from there. */
export function pagesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.md'))
    .sort()
}

/**
 * A test for each page of a folder: what comes of it is what it says; and one for their titles.
 *
 * @param filled gives the page as it would be written
 */
export function testPages(
  folder: string,
  filled: (text: string, file: string) => string | Promise<string>,
): void {
  const pages = pagesIn(folder)

  test.each(pages)('%s', async file => {
    const path = `${folder}/${file}`
    const text = readFileSync(path, 'utf8')
    const result = await filled(text, file)
    if (update && result !== text) writeFileSync(path, result)
    else expect(result).toBe(text)
  })

  test('every page has a title, and no two have the same', () => {
    const titles = pages.map(file => /^# (.+)$/m.exec(readFileSync(`${folder}/${file}`, 'utf8'))?.[1])
    expect(titles.filter((title, place) => title === undefined || titles.indexOf(title) !== place)).toEqual(
      [],
    )
  })
}
