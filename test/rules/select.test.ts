import { expect, test } from 'vitest'
import type { RuleMeta } from '../../src/plan/rule.ts'
import { parseChoices, selects } from '../../src/rules/select.ts'

const meta: RuleMeta = {
  id: 'r1',
  title: 'Trail stopped',
  level: 'high',
  status: 'test',
  references: [],
  tags: ['attack.T1685.002', 'cve.2024-1'],
  falsepositives: [],
  fields: [],
  related: ['r0'],
}

function chosen(...texts: readonly string[]): boolean {
  const choices = parseChoices(texts)
  if (!choices.ok) throw new Error(choices.problems[0]?.message)
  return selects({ include: choices.value, exclude: [] }, meta)
}

function helpOf(text: string): string | undefined {
  return parseChoices([text]).problems[0]?.help
}

test('a tag may be written without its attack.', () => {
  expect(chosen('tag=attack.t1685.002')).toBe(true)
  expect(chosen('tag=T1685.002')).toBe(true)
  expect(chosen('tag=t1685*')).toBe(true)
  expect(chosen('tag=t1685')).toBe(false)
  expect(chosen('tag=2024-1')).toBe(false)
})

test('values of one key are alternatives, keys must all agree', () => {
  expect(chosen('level=low,high')).toBe(true)
  expect(chosen('level=low,crit')).toBe(false)
  expect(chosen('level=low', 'level:HIGH', 'status=test')).toBe(true)
  expect(chosen('level=high,status=stable')).toBe(false)
  expect(chosen('id=r0')).toBe(true)
  expect(chosen('title=*stopped', 'level=h*')).toBe(true)
})

test('what chooses nothing is refused with a hint', () => {
  expect(helpOf('high')).toContain('KEY is one of tag, level')
  expect(helpOf('tga=x')).toContain('Did you mean "tag"?')
  expect(helpOf('level=hihg')).toContain('Did you mean "high"?')
  expect(parseChoices(['level=', 'tag=a,,b']).problems).toHaveLength(2)
})
