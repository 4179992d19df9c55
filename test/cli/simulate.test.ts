import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../temporary-folder.ts'
import { nephoscope } from './caller.ts'

const folder = temporaryFolder()
const SMALL = ['--days', '1', '--events-per-day', '48']
const all = (path: string): readonly string[] =>
  readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter(name => /\.(gz|json|yaml)$/.test(name))
    .sort()

test('a simulation is written as logs, context and labels; the same options give the same bytes', () => {
  const [one, two] = [join(folder, 'one'), join(folder, 'two')]
  for (const out of [one, two]) {
    const { code, err } = nephoscope(['simulate', '--out', out, '--seed', 'x', '--scenario', 't2', ...SMALL])
    expect(code).toBe(0)
    expect(err).toMatch(/^\d+ files \([\d.]+ kB\) written to /)
  }
  expect(readdirSync(one).sort()).toEqual(['context', 'labels.json', 'logs'])
  const names = all(one)
  expect(all(two)).toEqual(names)
  expect(names.filter(name => !readFileSync(join(one, name)).equals(readFileSync(join(two, name))))).toEqual(
    [],
  )
  const trail = names.find(name => name.includes('_CloudTrail_')) ?? ''
  expect(JSON.parse(String(gunzipSync(readFileSync(join(one, trail))))).Records.length).toBeGreaterThan(0)
})

test('what cannot be made is refused, and nothing is written', () => {
  const refused = (...args: readonly string[]) => nephoscope(['simulate', ...args])
  const out = join(folder, 'none')
  expect(refused('--out', out, '--scenario', 'T99', ...SMALL)).toMatchObject({ code: 2, out: '' })
  expect(refused('--out', out, '--scenarios', 'all', ...SMALL).err).toContain(
    'C7 and C10 cannot be played in so few days',
  )
  expect(refused('--out', out, '--start', 'yesterday').err).toContain('It is a day such as 2026-03-02.')
  expect(refused('--out', out, '--days', '0').code).toBe(2)
  expect(refused('--days', '1').err).toContain('--out')
  expect(refused('--out', folder, ...SMALL).err).toContain('is not empty')
  expect(readdirSync(folder)).not.toContain('none')
})
