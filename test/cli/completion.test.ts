import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { nephoscope } from './caller.ts'

const bash = nephoscope(['completion', 'bash']).out
const hasBash = spawnSync('bash', ['-c', 'exit 0']).status === 0

/** What bash would offer for the last of these words. */
function offered(words: readonly string[]): readonly string[] {
  const ask = `COMP_WORDS=(${words.map(word => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}
_nephoscope; printf '%s\\n' "\${COMPREPLY[@]}"`
  const { stdout, stderr } = spawnSync('bash', ['-c', `${bash}\n${ask}`], { encoding: 'utf8' })
  expect(stderr).toBe('')
  return stdout.split('\n').filter(word => word !== '')
}

test.skipIf(!hasBash)('bash takes the script (skipped without bash)', () => {
  expect(spawnSync('bash', ['-n'], { input: bash, encoding: 'utf8' })).toMatchObject({
    status: 0,
    stderr: '',
  })
})

test.skipIf(!hasBash)('bash completes commands, options and their values (skipped without bash)', () => {
  expect(offered(['nephoscope', 'hu'])).toEqual(['hunt'])
  expect(offered(['nephoscope', ''])).toEqual(
    expect.arrayContaining(['hunt', 'timeline', 'summary', 'rules', 'completion']),
  )
  expect(offered(['nephoscope', 'rules', 'ch'])).toEqual(['check'])
  expect(offered(['nephoscope', 'completion', ''])).toEqual(['bash', 'zsh', 'fish'])
  expect(offered(['nephoscope', 'hunt', 'logs', '--min'])).toEqual(['--min-level'])
  expect(offered(['nephoscope', 'hunt', '-m', 'hi'])).toEqual(['high'])
  expect(offered(['nephoscope', 'hunt', '-t', ''])).toContain('ocsf')
  expect(offered(['nephoscope', 'hunt', '--output-type', '=', 'js'])).toEqual(['jsonl', 'json'])
  expect(offered(['nephoscope', 'hunt', '--color', '='])).toEqual(['auto', 'always', 'never'])
  expect(offered(['nephoscope', 'rules', 'check', '-t', 'sa'])).toEqual(['sarif'])
  expect(offered(['nephoscope', 'hunt', 'lo'])).toEqual([])
  expect(offered(['nephoscope', 'hunt', '-o', 'rules', '--fai'])).toEqual(['--fail-on'])
})

test('zsh and fish have every command and option', () => {
  for (const shell of ['zsh', 'fish']) {
    const { code, out } = nephoscope(['completion', shell])
    expect(code).toBe(0)
    for (const word of ['hunt', 'explain', 'fail-on', 'profile-rules', 'sarif', 'critical'])
      expect(out).toContain(word)
  }
})

test('another shell is wrong usage', () => {
  const { code, err } = nephoscope(['completion', 'csh'])
  expect(code).toBe(2)
  expect(err).toContain('bash, zsh, fish')
})
