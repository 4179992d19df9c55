import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { temporaryFolder, written } from '../temporary-folder.ts'
import { rule, stopLogging } from './logs.ts'

const folder = temporaryFolder()
const stops = written(folder, 'stops.yml', rule('Trail stopped', 'StopLogging'))

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
  /** What it left in the folders for temporary and for written files. */
  readonly left: readonly string[]
}

/** Hunts through an input that never ends, and presses Ctrl-C when the hunt has begun and when it was heard. */
async function interrupted(input: string, presses: number, data = ''): Promise<Ended> {
  const base = join(folder, `${presses}${input.replaceAll('/', '_')}${data.length}`)
  const [temporary, output] = [join(base, 'temporary'), join(base, 'output')]
  mkdirSync(temporary, { recursive: true })
  mkdirSync(output)
  const args = [
    'dist/bundle/main.js',
    'hunt',
    input,
    '-r',
    stops,
    '-t',
    'jsonl',
    '--hits',
    join(output, 'hits'),
  ]
  const child = spawn(process.execPath, args, { env: { ...process.env, TMPDIR: temporary } })
  let [out, err, sent] = ['', '', 0]
  const press = (): void => {
    if (sent++ < presses) child.kill('SIGINT')
  }
  child.stdout.on('data', text => {
    out += String(text)
  })
  child.stderr.on('data', text => {
    err += String(text)
    if (err.includes('stopping')) press()
  })
  // More than a pipe holds is written only when most of it was read.
  await new Promise(done => (data === '' ? done(undefined) : child.stdin.write(data, done)))
  const begun = setInterval(() => {
    if (readdirSync(temporary).length === 0) return
    clearInterval(begun)
    press()
  }, 20)
  const code = await new Promise<number | null>(done => child.on('close', done))
  clearInterval(begun)
  return { code, out, err, left: [...readdirSync(temporary), ...readdirSync(output)] }
}

describe.skipIf(process.platform === 'win32')('Ctrl-C', () => {
  const pipe = join(folder, 'pipe')
  execFileSync('sh', ['-c', 'mkfifo "$0"', pipe])

  test('while nothing comes from standard input', async () => {
    const { code, err, left } = await interrupted('-', 1)
    expect([code, left]).toEqual([130, ['hits']])
    expect(err).toContain('the hunt was interrupted while it was read')
  })
  test('gives what was found so far', async () => {
    const lines = Array.from({ length: 1000 }, (_, number) => `${JSON.stringify(stopLogging(number))}\n`)
    const { code, out } = await interrupted('-', 1, lines.join(''))
    expect(code).toBe(130)
    expect(out).toContain('"trail-stopped"')
  })
  test('while nobody writes to a named pipe', async () => {
    const { code, left } = await interrupted(pipe, 1)
    expect([code, left]).toEqual([130, ['hits']])
  })
  test('twice ends at once and leaves nothing behind', async () => {
    const { code, left } = await interrupted(pipe, 2)
    expect(code).toBe(130)
    expect(left.filter(name => name !== 'hits')).toEqual([])
    expect(existsSync(pipe)).toBe(true)
  })
})
