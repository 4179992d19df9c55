import { expect, test } from 'vitest'
import { writeSarif } from '../../src/output/sarif.ts'

test.each([
  ['rules/a b#1?é.yml', 'rules/a%20b%231%3F%C3%A9.yml'],
  ['builtin:aws/a.yml', 'builtin%3Aaws/a.yml'],
  ['/srv/rules/a.yml', 'file:///srv/rules/a.yml'],
  ['C:\\rules\\a.yml', 'file:///C:/rules/a.yml'],
])('the place %s is %s', (file, uri) => {
  const problems = [{ code: 'sigma/x', severity: 'error' as const, message: 'm' }]
  const rule = { id: 'a', title: 't', file, language: 'sigma', parses: false, compiles: false, problems }
  const pieces: string[] = []
  writeSarif([rule], text => pieces.push(text))
  const [run] = JSON.parse(pieces.join('')).runs
  expect(run.results[0].locations).toEqual([{ physicalLocation: { artifactLocation: { uri } } }])
})
