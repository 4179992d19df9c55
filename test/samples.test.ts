import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { sampleFiles } from './samples/sample-files.ts'

const made = sampleFiles()

test('the sample logs are what test/samples makes', () => {
  for (const [name, text] of made) {
    const path = join('samples', name)
    expect(existsSync(path), path).toBe(true)
    const bytes = readFileSync(path)
    expect((name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8') === text, path).toBe(true)
  }
})

test('nothing else lies among them, and they are small', () => {
  const found = readdirSync('samples', { recursive: true, encoding: 'utf8' }).filter(name =>
    statSync(join('samples', name)).isFile(),
  )
  expect(found.sort()).toEqual([...made.keys(), 'README.md'].sort())
  const bytes = found.reduce((sum, name) => sum + statSync(join('samples', name)).size, 0)
  expect(bytes).toBeLessThan(200_000)
})
