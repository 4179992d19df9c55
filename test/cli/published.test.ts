import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { log, read } from '../detect/searches/events.ts'
import { missing } from '../plain/shared-data.ts'
import { temporaryFolder, written } from '../temporary-folder.ts'
import { lines, nephoscope } from './caller.ts'

const ANOMALY = 'seeds/003_51adfd55daac6e4e.txt'
const TRANSFER = 'seeds/002_4a621b76bb95348b.txt'
const absent = missing(ANOMALY, TRANSFER)

/** The first fenced block of the page. */
function fenced(): string {
  return /```\s*\n([\s\S]*?)\n```/.exec(readFileSync(`../shared/${ANOMALY}`, 'utf8'))?.[1] ?? ''
}

/** From the scope to the last stage; prose follows it on its line. */
function query(): string {
  const text = readFileSync(`../shared/${TRANSFER}`, 'utf8').split('\n')
  const first = text.findIndex(line => line.startsWith('(_sourceCategory='))
  const last = text.findIndex(line => line.startsWith('| sort by _messageTime'))
  return text.slice(first, last + 1).join('\n')
}

describe.skipIf(absent !== undefined)(
  absent ?? 'published searches, word for word, through the program',
  () => {
    const folder = temporaryFolder()
    const macros = written(folder, 'macros.conf', '[cloudtrail]\ndefinition = sourcetype=aws:cloudtrail\n')
    const logs = written(
      folder,
      'reads.jsonl',
      log([
        ...Array.from({ length: 60 }, (_, minute) => read('web', minute, minute)),
        ...Array.from({ length: 60 }, (_, minute) => read('app', minute, minute)),
        ...Array.from({ length: 90 }, (_, at) => read('eve', 31, at)),
        // Another event, and one without an address, which `stats … by` drops.
        read('eve', 32, 1, { eventName: 'PutObject', eventID: 'put' }),
        read('eve', 33, 1, { sourceIPAddress: null, eventID: 'nowhere' }),
      ]),
    )

    test('the anomaly of reads: the burst is the only row', () => {
      const called = nephoscope(['query', 'spl', fenced(), '--from', logs, '--macros', macros, '-t', 'jsonl'])
      expect(called.code).toBe(0)
      const rows = lines(called.out).map(line => JSON.parse(line) as Record<string, unknown>)
      expect(rows).toMatchObject([
        {
          user_arn: 'arn:aws:iam::111122223333:user/eve',
          count: 90,
          user_type: 'IAMUser',
          aws_account_id: '111122223333',
          src_ip: '192.0.2.7',
          bucketName: 'example-data',
        },
      ])
      expect(String(rows[0]?.['probable_cause'])).toMatch(/^(count|user_arn)$/)
    })

    test('the transfer of data: as it was meant, and to the letter', () => {
      const process = {
        EventID: 1,
        Channel: 'Microsoft-Windows-Sysmon/Operational',
        Provider_Name: 'Microsoft-Windows-Sysmon',
        UtcTime: '2026-03-18 10:00:00.000',
        Computer: 'ws1.example.com',
        User: 'EXAMPLE\\eve',
        Image: 'C:\\Tools\\azcopy.exe',
        CommandLine: 'azcopy copy C:\\data https://examplestore.blob.core.windows.net/c',
      }
      const file = written(folder, 'process.jsonl', `${JSON.stringify(process)}\n`)
      const called = nephoscope(['query', 'sumo', query(), '--from', file, '-t', 'jsonl'])
      expect(called.code).toBe(0)
      expect(lines(called.out).map(line => JSON.parse(line))).toMatchObject([
        { SignalType: 'AzCopy_Exfil', ExternalDest: 'AzureBlob', EventCount: 1, host: 'ws1.example.com' },
      ])
      expect(called.err).toContain('warning[sumo/')
      const literal = nephoscope(['query', 'sumo', query(), '--from', file, '-t', 'jsonl', '--strict'])
      expect(literal.out).toBe('')
    })
  },
)
