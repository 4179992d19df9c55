import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { engineReadsEnded, followed } from '../../../src/engines/files/engine-reads.ts'
import type { InputFile } from '../../../src/engines/files/list.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

const folder = temporaryFolder()

function input(name: string, text: string): InputFile {
  const path = join(folder, name)
  writeFileSync(path, text)
  return { path, name, bytes: text.length }
}

test.each([
  ['Parquet', 'PAR1…PAR1', false],
  ['anything else', '{}', true],
])('nobody leaves while another thread reads %s', async (_, text, left) => {
  let end: (value: string) => void = () => {}
  const reading = new Promise<string>(resolve => {
    end = resolve
  })
  const read = followed(input('file', text), reading)
  let gone = false
  const leaving = engineReadsEnded().then(() => {
    gone = true
  })
  await new Promise(resolve => setImmediate(resolve))
  expect(gone).toBe(left)
  end('done')
  await leaving
  expect([await read, gone]).toEqual(['done', true])
})

test('a reading that fails or never ends keeps nobody for ever', async () => {
  const failing = followed(input('failing', 'PAR1'), Promise.reject(new Error('gone')))
  await engineReadsEnded()
  await expect(failing).rejects.toThrow('gone')
  void followed(input('endless', 'PAR1'), new Promise(() => {}))
  await engineReadsEnded(1)
})
