import { spawnSync } from 'node:child_process'
import { existsSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder, written } from '../temporary-folder.ts'
import { rule, stopLogging, trail } from './logs.ts'

const folder = temporaryFolder()

test('a system that fails is told in one line, and is no finding', () => {
  const logs = written(folder, 'logs.json', trail([stopLogging(1)]))
  const stops = written(folder, 'stops.yml', rule('Trail stopped', 'StopLogging'))
  const env = { ...process.env, TMPDIR: join(folder, 'none'), TEMP: join(folder, 'none') }
  const args = ['dist/bundle/main.js', 'hunt', logs, '-r', stops]
  const { status, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8' })
  expect(status).toBe(3)
  expect(stderr).toMatch(/^error: ENOENT.*\n$/)
})

test.skipIf(!existsSync('/dev/full'))('so is standard output that is full (skipped: no /dev/full)', () => {
  const stdio = ['ignore', openSync('/dev/full', 'w'), 'pipe'] as const
  const args = ['dist/bundle/main.js', 'completion', 'bash']
  const { status, stderr } = spawnSync(process.execPath, args, { stdio: [...stdio], encoding: 'utf8' })
  expect(status).toBe(3)
  expect(stderr).toBe('error: standard output cannot be written: no space is left\n')
})
