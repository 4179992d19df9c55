import { lstatSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { withOutput } from '../../src/cli/output.ts'
import { temporaryFolder } from './caller.ts'

const folder = temporaryFolder()
const write = (file: string) => withOutput(file, async output => output.write('new'))

test('a file is replaced, and a link to it stays a link', async () => {
  const file = join(folder, 'file')
  const link = join(folder, 'link')
  writeFileSync(file, 'old')
  symlinkSync(file, link)
  await write(link)
  expect(readFileSync(file, 'utf8')).toBe('new')
  expect(lstatSync(link).isSymbolicLink()).toBe(true)
})

test('a device is written to and stays what it is', async () => {
  const link = join(folder, 'device')
  symlinkSync('/dev/null', link)
  await write(link)
  expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true)
})

test('what fails leaves the old file and no draft', async () => {
  const file = join(folder, 'kept')
  writeFileSync(file, 'old')
  const failing = withOutput(file, async output => {
    output.write('half')
    throw new Error('on the way')
  })
  await expect(failing).rejects.toThrow('on the way')
  expect(readFileSync(file, 'utf8')).toBe('old')
})
