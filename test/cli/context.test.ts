import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder, written } from '../temporary-folder.ts'
import { lines, nephoscope } from './caller.ts'
import { event, rule, stopLogging, trail } from './logs.ts'

const folder = temporaryFolder()
const approval = (head: string, expires = '2100-01-01'): string => `${head}
  owner: ops@example.com
  reason: planned
  ticket: CHG-7
  created: 2000-01-01
  review_by: 2099-01-01
  expires: ${expires}
`
written(folder, 'change_windows.yaml', approval('- actions: StopLogging\n  starts: 2000-01-01'))
written(folder, 'sensitive_buckets.csv', 'name,classification,data_owner\n')
const logs = written(folder, 'logs.json', trail([event(1), stopLogging(2)]))
const stops = written(folder, 'stops.yml', rule('Trail stopped', 'StopLogging'))
const asked = written(
  folder,
  'asked.yml',
  rule('Not a known name', 'StopLogging').replace(
    'condition:',
    "known:\n    requestParameters.name|expand: '%sensitive_buckets.name%'\n  condition: selection and not known #",
  ),
)

test('a hunt with context shows the approval on the finding, and counts in the ledger what it marked', () => {
  const ledger = join(folder, 'ledger.json')
  const args = ['hunt', logs, '-r', stops, '-r', asked, '--context', folder, '--as-of', '2024-06-01']
  const called = nephoscope([...args, '-t', 'jsonl', '--ledger', ledger])
  expect(called.err).toContain('approved by ')
  const findings = lines(called.out).map(line => JSON.parse(line))
  expect(findings.map(({ title }) => title).sort()).toEqual(['Not a known name', 'Trail stopped'])
  for (const { shown } of findings)
    expect(shown['context.approved'][0]).toMatch(/change_windows\.yaml:1 \(CHG-7\), by ops/)
  const caveats = findings.map(({ shown }) => shown['context.caveat'])
  expect(caveats.filter(list => list !== undefined)).toEqual([
    [expect.stringContaining('sensitive_buckets is empty')],
  ])
  const { context } = JSON.parse(readFileSync(ledger, 'utf8'))
  expect(context).toMatchObject({ as_of: '2024-06-01T00:00:00Z', approvals: [{ count: 2 }] })
  const hiding = nephoscope([...args, '--hide-approved', '-t', 'jsonl'])
  expect([hiding.out, hiding.err]).toEqual(['', expect.stringContaining('hidden by ')])
  const table = nephoscope([...args, '-t', 'table'])
  expect(table.out).toContain('approved: ')
})

test('a rule that asks for a table is refused without it', () => {
  const called = nephoscope(['rules', 'check', asked])
  expect(called.code).toBe(2)
  expect(called.out).toContain('error[sigma/missing-table]')
})

test('check, list and review tell of rows and of what is due', () => {
  const bad = temporaryFolder()
  written(
    bad,
    'approved_images.yaml',
    `${approval('- image: ami-1', '2020-01-01').replace('2099', '2010')}- image: ami-2\n`,
  )
  const check = nephoscope(['context', 'check', bad])
  expect(check.code).toBe(1)
  expect(check.out).toContain('error[context/missing-column]: a row of approved_images has no "owner"')
  expect(check.out).toContain('1 table, 1 entry sound, 1 row refused, 0 warnings')
  const list = nephoscope(['context', 'list', 'approved_images', '--context', bad, '-t', 'jsonl'])
  expect(JSON.parse(list.out)).toMatchObject({ line: 1, standing: 'expired' })
  const review = nephoscope(['context', 'review', bad, '--as-of', '2015-01-01', '--strict'])
  expect([review.code, review.out]).toEqual([1, expect.stringContaining('overdue')])
  expect(review.err).toContain('problems, see nephoscope context check')
  const schema = JSON.parse(nephoscope(['context', 'schema', '--json']).out)
  expect(schema.tables.map(({ name }: { readonly name: string }) => name)).toContain('approved_transfers')
})

test('import writes a table, and says what it did', () => {
  const into = join(temporaryFolder(), 'new')
  const file = written(
    folder,
    'images.json',
    '{"Images":[{"ImageId":"ami-1","OwnerId":"111122223333"},{}],"NextToken":"x"}',
  )
  const called = nephoscope([
    'context',
    'import',
    file,
    '--as',
    'images',
    '--into',
    into,
    '--as-of',
    '2024-05-01',
  ])
  expect(called.code).toBe(3)
  expect(called.out).toContain(
    'images from aws ec2 describe-images: 1 added, 0 updated, 0 unchanged, 1 refused',
  )
  expect(called.err).toContain('error: item 1: it has no ImageId')
  expect(called.err).toContain('warning: the list goes on (NextToken): import the other pages too')
  expect(readFileSync(join(into, 'images.yaml'), 'utf8')).toContain('last_verified: 2024-05-01')
})

test('an import of which nothing can be taken makes no empty table, and tells what it lacks', () => {
  const into = join(temporaryFolder(), 'new')
  const file = written(folder, 'buckets.json', '{"Buckets":[{"Name":"payroll"}]}')
  const called = nephoscope(['context', 'import', file, '--as', 'sensitive_buckets', '--into', into])
  expect([called.code, existsSync(into)]).toEqual([3, false])
  expect(called.err).toContain('said with --owner and --set column=value')
})

test('a table that an import cannot read is named', () => {
  const into = temporaryFolder()
  written(into, 'owned_buckets.yaml', 'name: payroll\n')
  const file = written(folder, 'buckets.json', '{"Buckets":[{"Name":"payroll"}]}')
  const called = nephoscope(['context', 'import', file, '--into', into])
  expect([called.code, called.err]).toEqual([
    2,
    expect.stringContaining('owned_buckets.yaml: it is no list of rows; mend it first'),
  ])
})

test('a folder or a parameter that is wrong is wrong usage', () => {
  const nowhere = nephoscope(['hunt', logs, '--context', join(folder, 'nowhere')])
  expect([nowhere.code, nowhere.err]).toEqual([2, expect.stringContaining('nowhere: it does not exist')])
  const called = nephoscope(['hunt', logs, '--param', 'TimeWindw=1h'])
  expect([called.code, called.err]).toEqual([2, expect.stringContaining('did you mean "TimeWindow"?')])
})
