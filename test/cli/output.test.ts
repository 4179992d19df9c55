import { existsSync, lstatSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { withOutput } from '../../src/cli/output.ts'
import { outputClash } from '../../src/cli/output-clash.ts'
import { temporaryFolder } from '../temporary-folder.ts'

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

test.skipIf(!existsSync('/dev/full'))(
  'a full disk is told with the name of the file (skipped: no /dev/full)',
  async () => {
    await expect(write('/dev/full')).rejects.toThrow('/dev/full cannot be written: no space is left')
  },
)

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

test('no log is written over, and no file is written twice', () => {
  const log = join(folder, 'log.json')
  const link = join(folder, 'log-link.json')
  const other = join(folder, 'other.json')
  writeFileSync(log, '{}')
  symlinkSync(log, link)
  expect(outputClash([log], { output: link })).toBe(`the logs and -o name the same file, ${link}`)
  expect(outputClash(['-', log], { output: other, hits: join(folder, '.', 'other.json') })).toContain(
    '-o and --hits name the same file',
  )
  expect(outputClash([folder], { output: other, hits: log, ledger: '-' })).toBeUndefined()
  expect(outputClash([log], { output: '/dev/null', hits: '/dev/null', ledger: '-' })).toBeUndefined()
  expect(outputClash([log], { output: folder, hits: join(log, 'x') })).toBeUndefined()
})
