import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { temporaryFolder, written } from '../temporary-folder.ts'
import { nephoscope } from './caller.ts'
import { event, rule, trail } from './logs.ts'

const folder = temporaryFolder()
const over = `title: Often
id: often
level: high
correlation:
  type: event_count
  rules: Listed
  group-by: [userIdentity.arn]
  timespan: 5m
  condition: {gte: 3}
`

test('rules that remember find the same in standard input, which can be read only once', () => {
  const rules = written(folder, 'rules.yml', `${rule('Listed', 'ListBuckets')}---\n${over}`)
  const logs = written(folder, 'logs.json', trail([event(0), event(1), event(2), event(30)]))
  const args = (input: string): readonly string[] => ['hunt', input, '-r', rules, '-t', 'jsonl', '--quiet']
  const file = nephoscope(args(logs))
  const piped = nephoscope(args('-'), readFileSync(logs))
  expect(file.out).toContain('"rule_id":"often"')
  expect(piped.out.replaceAll('"file":"-"', `"file":${JSON.stringify(logs)}`)).toBe(file.out)
})
