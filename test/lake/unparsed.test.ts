import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { JsonObject } from '../../src/core/json.ts'
import { EventSpooler, type Spooled } from '../../src/lake/spooler.ts'
import { cloudtrail } from '../../src/sources/cloudtrail/cloudtrail.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { anEvent } from './lake.ts'

const RUNS = Number(process.env['RUNS'] ?? 30)

const odd = fc.constantFrom(null, 5, 0.5, true, '', 'a\u0001b', 'é', [], ['x'], {}, { arn: 'x' })
const names = fc.constantFrom('alice', 'say "no"', 'a\\b', 'bob')
const identity = fc.record(
  {
    type: fc.constantFrom('AssumedRole', 'IAMUser', 'Root', 'AWSService', 'AWSAccount'),
    principalId: fc.constantFrom('AROAEXAMPLE:alice', 'AIDAEXAMPLE'),
    arn: fc.constantFrom(
      'arn:aws:sts::111122223333:assumed-role/Admin/alice',
      'arn:aws:iam::111122223333:user/bob',
    ),
    accountId: fc.constantFrom('111122223333', 'ANONYMOUS_PRINCIPAL'),
    accessKeyId: fc.constant('AKIAEXAMPLE'),
    userName: names,
    invokedBy: fc.constant('lambda.amazonaws.com'),
    sessionContext: fc.constantFrom({ sessionIssuer: { userName: 'Admin' } }, {}, [{ sessionIssuer: {} }]),
  },
  { requiredKeys: ['type'] },
)
const event: fc.Arbitrary<object> = fc.record(
  {
    userIdentity: fc.oneof({ weight: 5, arbitrary: identity }, odd),
    eventName: fc.constantFrom('GetObject', 'ConsoleLogin', 'RunInstances'),
    sourceIPAddress: fc.constantFrom('192.0.2.1', '2001:db8::1', 's3.amazonaws.com'),
    userAgent: fc.oneof(names, odd),
    errorCode: fc.oneof(fc.constant('AccessDenied'), odd),
    requestParameters: fc.oneof(
      fc.record({ bucketName: names, key: names, size: fc.constantFrom(1, 243.5) }, { requiredKeys: [] }),
      odd,
    ),
    responseElements: fc.oneof(fc.constant({ ConsoleLogin: 'Failure' }), odd),
    additionalEventData: fc.oneof(fc.constant({ MFAUsed: 'Yes' }), odd),
    resources: fc.oneof(fc.constant([{ ARN: 'arn:aws:s3:::logs' }, { arn: 'x' }]), odd),
    recipientAccountId: fc.oneof(fc.constant('444455556666'), odd),
    eventTime: fc.oneof({ weight: 3, arbitrary: fc.constant('2024-05-01T10:00:00Z') }, odd),
    eventCategory: fc.constantFrom('Data', 'Insight'),
    eventSource: fc.constantFrom('s3.amazonaws.com', 'aws:s3'),
    more: fc.oneof(names, odd),
  },
  { requiredKeys: ['userIdentity', 'eventName'] },
)
/** The same events come again, so that all there is to learn of them is known by then. */
const events = fc
  .array(event, { minLength: 1, maxLength: 8 })
  .map(all => [...all, ...all, ...all].map((one, number) => anEvent(number, one)))

/** What is spooled of a file, without its name. */
async function spooled(text: string): Promise<{ readonly lines: readonly string[]; readonly told: object }> {
  const folder = temporaryFolder()
  const path = join(folder, 'events.json')
  writeFileSync(path, text)
  const spooler = new EventSpooler({ maxUnpacked: 1e8, maxRecord: 1e7, chunk: 1e6, folder }, '0')
  const { events, problems, apart } = await spooler.read(
    { path, name: 'events.json', bytes: 0 },
    0,
    () => true,
  )
  const { rows, ...found } = spooler.finish()
  const lines = rows.flatMap(linesOf)
  const days = rows.map(
    ({ rowsFile: _, keysFile: _keys, longest: _longest, unwritten: _texts, ...day }) => day,
  )
  // One form is longer than the other.
  const said = problems.map(one => ({ ...one, message: one.message.replace(/character \d+/, 'character') }))
  return { lines, told: { days, found, events, problems: said, apart } }
}

function linesOf({ rowsFile, keysFile }: Spooled['rows'][number]): readonly string[] {
  return [rowsFile, keysFile].flatMap(file => readFileSync(file, 'utf8').split('\n'))
}

test('events are spooled alike whether their bytes are taken as they stand or parsed', async () => {
  await fc.assert(
    fc.asyncProperty(events, async all => {
      const texts = all.map(one => JSON.stringify(one))
      const plain = await spooled(`{"Records":[${texts.join(',')}]}`)
      const lines = await spooled(texts.join('\n'))
      const parsed = await spooled(JSON.stringify(all, undefined, 1))
      expect(plain).toStrictEqual(parsed)
      expect(lines).toStrictEqual(parsed)
    }),
    { numRuns: RUNS },
  )
})

test.each([
  '{"Records":[#,#]',
  '{"Records":[#,#}',
  '{"Records":[#,#]}]}',
  '{"Records":[#,# ,#]}',
  '{"Records":[#,#,{"b":1},#]}\n',
  '{"Records":[#,#,x,#]}',
  '{"Records":[#, #]}',
])('what stands around records is read alike: %s', async form => {
  const one = JSON.stringify(anEvent(1))
  // After two of them it is known.
  const plain = await spooled(form.replaceAll('#', one))
  const parsed = await spooled(form.replaceAll('#', one.replace('{', '{ ')))
  expect(plain).toStrictEqual(parsed)
})

test('CloudTrail is read by name alone, and told in brief as in full', () => {
  fc.assert(
    fc.property(event, one => {
      const record = anEvent(1, one) as JsonObject
      const closed = new Proxy(record, {
        ownKeys: () => never('listed'),
        has: () => never('asked for a name'),
        getOwnPropertyDescriptor: () => never('asked for a member of its own'),
      })
      const { recognises, eventId, eventTime, normalise, brief } = cloudtrail
      for (const ask of [recognises, eventId, eventTime, normalise, brief])
        expect(ask?.(closed)).toStrictEqual(ask?.(record))
      const full = normalise(record)
      const { actor, ...rest } = brief?.(record) ?? full
      expect(full).toMatchObject(known(rest))
      expect({ ...full.actor, account: undefined }).toMatchObject({ ...known(actor), account: undefined })
    }),
    { numRuns: 10 * RUNS },
  )
})

function never(what: string): never {
  throw new Error(`the record was ${what}`)
}

function known(facts: object): object {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined))
}
