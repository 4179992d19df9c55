import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findRules } from '../../src/rules/find.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const folder = temporaryFolder()

mkdirSync(join(folder, 'aws/deep'), { recursive: true })
for (const name of ['z.yml', 'aws/a.yaml', 'aws/deep/b.YML', 'aws/notes.md'])
  writeFileSync(join(folder, name), `title: ${name}`)
symlinkSync('..', join(folder, 'aws/deep/up'))
symlinkSync('aws', join(folder, '0'))
symlinkSync('z.yml', join(folder, 'also.yml'))

const names = (files: readonly { readonly file: string }[]): readonly string[] =>
  files.map(({ file }) => file.slice(folder.length + 1))

test('a rule file is read once, whatever links and names lead to it', () => {
  const specs = [folder, join(folder, 'aws'), join(folder, 'aws/../aws/a.yaml'), join(folder, 'z.yml')]
  const { texts, problems } = findRules(specs)
  expect(names(texts)).toEqual(['aws/a.yaml', 'aws/deep/b.YML', 'z.yml'])
  expect(problems).toEqual([])
})

test('a link that leads nowhere, or round in a ring, costs nothing else', () => {
  symlinkSync('nowhere', join(folder, 'aws/lost.yml'))
  symlinkSync('ring.yml', join(folder, 'aws/ring.yml'))
  const { texts, problems } = findRules([folder])
  expect(names(texts)).toEqual(['aws/a.yaml', 'aws/deep/b.YML', 'z.yml'])
  expect(names(problems)).toEqual(['aws/lost.yml', 'aws/ring.yml'])
})

test('a folder without rules is told', () => {
  mkdirSync(join(folder, 'empty'))
  expect(findRules([join(folder, 'empty')]).problems).toHaveLength(1)
  expect(findRules([join(folder, 'missing')]).problems).toHaveLength(1)
})
