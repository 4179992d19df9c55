import { execFileSync } from 'node:child_process'
import { linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, it } from 'vitest'
import { draftOf } from '../../../src/engines/files/draft.ts'
import { type InputList, listInputs } from '../../../src/engines/files/list.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

const root = temporaryFolder()

/** A folder of its own for each test. */
function tree(name: string, files: readonly string[]): string {
  const folder = join(root, name)
  mkdirSync(folder)
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), 'x'.repeat(file.length))
  }
  return folder
}

/** The list with names relative to a folder, problems and skipped files included. */
function list(folder: string, inputs: readonly string[]): readonly string[] {
  const found: InputList = listInputs(inputs.map(input => (input === '-' ? '-' : join(folder, input))))
  const short = (text: string) => text.replaceAll(`${folder}/`, '')
  return [
    ...found.files.map(file => short(file.name)),
    ...found.skipped.map(file => short(`${file.file}: ${file.why}`)),
    ...found.problems.map(problem => short(`${problem.file}: ${problem.code}`)),
  ]
}

it('a folder with all that is in it, sorted by code point, hidden files too', () => {
  const files = ['b/2.json', 'a.json', 'b.json', 'b/1.json.gz', 'Z', '.DS_Store', '\u{1f600}', '\uff21']
  const folder = tree('all', files)
  const sorted = ['.DS_Store', 'Z', 'a.json', 'b.json', 'b/1.json.gz', 'b/2.json', '\uff21', '\u{1f600}']
  expect(list(folder, ['.'])).toEqual(sorted)
  expect(listInputs([folder]).files.map(file => file.bytes)).toEqual(sorted.map(name => name.length))
})

it('what is being written is not read', () => {
  const folder = tree('drafts', ['a.json', draftOf('ledger.json'), 'b.json.1.part'])
  expect(list(folder, ['.'])).toEqual(['a.json', 'b.json.1.part'])
  expect(list(folder, ['*'])).toEqual(['a.json', 'b.json.1.part'])
})

it('names are as the user gave them, without detours', () => {
  const folder = tree('names', ['logs/a.json'])
  const here = relative(process.cwd(), folder)
  for (const input of [`${here}/logs`, `./${here}/logs/`, `${here}//x/../logs/a.json`, `${here}/**/*.json`]) {
    expect(listInputs([input]).files.map(file => file.name)).toEqual([`${here}/logs/a.json`])
  }
  expect(listInputs([`${folder}/*`]).files.map(file => file.name)).toEqual([`${folder}/logs/a.json`])
})

it('each file once, whatever the order and the number of its names', () => {
  const folder = tree('once', ['a/1.json', 'a/2.json', 'b/3.json'])
  const inputs = ['a', '.', 'a/1.json', '**/*.json', 'a/../a/2.json', '-', '-']
  const expected = ['-', 'a/1.json', 'a/2.json', 'b/3.json']
  expect(list(folder, inputs)).toEqual(expected)
  expect(list(folder, inputs.toReversed())).toEqual(expected)
})

it('links are followed once, loops end, and what is reached twice keeps its own name', () => {
  const folder = tree('links', ['logs/a.json', 'logs/deep/b.json', 'elsewhere/c.json'])
  symlinkSync('..', join(folder, 'logs/deep/a-loop'))
  symlinkSync('../elsewhere', join(folder, 'logs/far'))
  symlinkSync('a.json', join(folder, 'logs/Again.json'))
  symlinkSync('nowhere', join(folder, 'logs/dangling'))
  symlinkSync('itself', join(folder, 'logs/itself'))
  linkSync(join(folder, 'logs/a.json'), join(folder, 'logs/hard.json'))
  const expected = [
    'logs/a.json',
    'logs/deep/b.json',
    'logs/far/c.json',
    'logs/Again.json: the same file as logs/a.json',
    'logs/deep/a-loop: the same folder as logs',
    'logs/hard.json: the same file as logs/a.json',
    'logs/dangling: input/unreadable',
    'logs/itself: input/unreadable',
  ]
  expect(list(folder, ['logs']).toSorted()).toEqual(expected.toSorted())
  expect(list(folder, ['logs/deep', 'logs/far', 'logs/Again.json', 'elsewhere'])).toContain(
    'elsewhere/c.json',
  )
  expect(list(folder, ['logs/**/*.json'])).toEqual(['logs/a.json', 'logs/deep/b.json', 'logs/far/c.json'])
})

it('globs, also of folders, with names that look like globs taken as they are', () => {
  const folder = tree('globs', ['2023/a.json', '2024/b.json', 'x[1].json', 'x1.json', '.hidden.json'])
  expect(list(folder, ['202*'])).toEqual(['2023/a.json', '2024/b.json'])
  expect(list(folder, ['{2023,2024}/*.json'])).toEqual(['2023/a.json', '2024/b.json'])
  expect(list(folder, ['x[1].json'])).toEqual(['x[1].json'])
  expect(list(folder, ['*.json'])).toEqual(['.hidden.json', 'x1.json', 'x[1].json'])
})

it('what is not there is a problem that says where it was looked for', () => {
  const folder = tree('missing', ['a.json'])
  expect(list(folder, ['b.json', '*.gz', 'no/*.gz', 'a.json/x'])).toEqual([
    '*.gz: input/no-match',
    'a.json/x: input/unreadable',
    'b.json: input/not-found',
    'no/*.gz: input/no-match',
  ])
  expect(listInputs(['no-such-folder']).problems).toEqual([
    {
      file: 'no-such-folder',
      code: 'input/not-found',
      message: `there is no such file or folder (looked for ${join(process.cwd(), 'no-such-folder')})`,
    },
  ])
  expect(listInputs(['', 'a\0b', 'x'.repeat(5000)]).problems).toHaveLength(3)
})

it('a pipe is read only where the user names it', () => {
  const folder = tree('pipes', ['a.json'])
  execFileSync('sh', ['-c', 'mkfifo "$0"', join(folder, 'pipe')])
  expect(list(folder, ['.'])).toEqual(['a.json', 'pipe: input/not-a-file'])
  expect(list(folder, ['pipe'])).toEqual(['pipe'])
  expect(listInputs(['/dev/null']).problems.map(problem => problem.message)).toEqual([
    'it is a device, not a file',
  ])
})

it('folders within folders, a thousand deep', () => {
  const folder = tree('deep', [`${'d/'.repeat(1000)}end`])
  const { files, problems } = listInputs([folder])
  expect([files.length, problems.length]).toEqual([1, 0])
})
