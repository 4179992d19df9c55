import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { JsonObject } from '../../../src/core/json.ts'
import { missing } from '../../plain/shared-data.ts'
import { SearchBench } from '../../search-harness.ts'
import { rowsOf, search } from './queries.ts'

const FILE = 'seeds/002_4a621b76bb95348b.txt'
const noPage = missing(FILE)

/** The query as it stands in its page, with the prose that follows its last stage on the same line. */
function published(): string {
  const lines = readFileSync(`../shared/${FILE}`, 'utf8').split('\n')
  const first = lines.findIndex(line => line.startsWith('(_sourceCategory='))
  const last = lines.findIndex(line => line.startsWith('| sort by _messageTime'))
  return lines.slice(first, last + 1).join('\n')
}

const SYSMON = { _sourceCategory: 'lab/windows/sysmon', EventID: 1, Computer: 'ws1', User: 'EXAMPLE\\eve' }
const SECURITY = {
  _sourceCategory: 'lab/wineventlog',
  EventID: 4688,
  Computer: 'ws2',
  SubjectUserName: 'bob',
}

/** Processes by what the query shall call them; every branch has one. */
const PROCESSES: readonly (readonly [string, string, JsonObject])[] = [
  [
    'AzCopy_Exfil',
    'AzureBlob',
    {
      ...SYSMON,
      Image: 'C:\\Program Files\\azcopy.exe',
      CommandLine: '"C:\\Program Files\\azcopy.exe" copy C:\\data https://example.blob.core.windows.net/c',
    },
  ],
  [
    'AzCopy_Exfil',
    'MEGA',
    { ...SYSMON, Image: 'C:\\t\\azcopy.exe', CommandLine: 'azcopy copy x https://mega.nz/y' },
  ],
  [
    'AzCopy_Exfil',
    'AWS_S3',
    {
      ...SECURITY,
      NewProcessName: 'C:\\t\\azcopy.exe',
      ProcessCommandLine: 'azcopy copy x s3.amazonaws.com/y',
    },
  ],
  [
    'SAS_Token_Generation',
    'Azure_Snapshot',
    {
      ...SECURITY,
      NewProcessName: 'C:\\Windows\\powershell.exe',
      ProcessCommandLine: 'powershell New-AzStorageContainerSASToken -Permission rwdl',
    },
  ],
  [
    'SAS_Token_Generation',
    'AzureBlob',
    {
      ...SYSMON,
      Image: 'C:\\py\\python.exe',
      CommandLine: 'python x.py generate-sas --host example.blob.core.windows.net',
    },
  ],
  [
    'Snapshot_Export',
    'Azure_Snapshot',
    { ...SYSMON, Image: 'C:\\Windows\\cmd.exe', CommandLine: 'cmd /c az snapshot grant-access --name disk1' },
  ],
  [
    'Snapshot_Export',
    'Azure_Snapshot',
    {
      ...SYSMON,
      Image: 'C:\\aws\\aws.exe',
      CommandLine: 'aws ec2 modify-snapshot-attribute --snapshot-id s',
    },
  ],
  [
    'Mega_Upload',
    'MEGA',
    { ...SYSMON, Image: 'C:\\t\\megaput.exe', CommandLine: 'megaput --path /Root C:\\data\\a.zip' },
  ],
  [
    'Mega_Upload',
    'Azure_Snapshot',
    { ...SYSMON, Image: 'C:\\Windows\\cmd.exe', CommandLine: 'cmd /c az disk create --name d' },
  ],
]

/** What no branch takes: another program, another event, another source, another case. */
const OTHERS: readonly JsonObject[] = [
  { ...SYSMON, Image: 'C:\\Windows\\notepad.exe', CommandLine: 'notepad a.txt' },
  { ...SYSMON, EventID: 3, Image: 'C:\\t\\megaput.exe', CommandLine: 'megaput x' },
  { ...SYSMON, _sourceCategory: 'lab/linux', Image: 'C:\\t\\megaput.exe', CommandLine: 'megaput x' },
  { ...SYSMON, Image: 'C:\\t\\AZCOPY.EXE', CommandLine: 'AZCOPY copy x https://example.com' },
]

const timed = (event: JsonObject, place: number): JsonObject => ({
  ...event,
  _raw: JSON.stringify(event),
  _messageTime: 1_700_000_000_000 + place * 1000,
})

describe.skipIf(noPage !== undefined)(
  noPage ?? 'the published query for transfers to a cloud account',
  () => {
    let bench: SearchBench
    beforeAll(async () => {
      bench = await SearchBench.open()
    })
    afterAll(() => bench.close())

    const messages = [...PROCESSES.map(([, , event]) => event), ...OTHERS].map(timed)

    test('gives what its author meant', async () => {
      const rows = await rowsOf(bench, published(), messages)
      const found = rows.map(row => [row['SignalType'], row['ExternalDest'], row['CommandLine'], row['user']])
      const wanted = PROCESSES.map(([signal, destination, event]) => [
        signal,
        destination,
        event['CommandLine'] ?? event['ProcessCommandLine'],
        event['User'] ?? event['SubjectUserName'],
      ])
      expect(found).toEqual(wanted.reverse())
      expect(Object.keys(rows[0] ?? {})).toEqual([
        '_messageTime',
        'host',
        'user',
        'ProcessImage',
        'CommandLine',
        'SignalType',
        'ExternalDest',
        'EventCount',
      ])
    })

    test('says which lenient readings it needed', async () => {
      const { notes } = await bench.run(search(published()), 'sumo', messages)
      const codes = new Set(notes.map(({ code }) => code))
      expect([...codes].sort()).toEqual(['sumo/group-twice', 'sumo/key-shaped'])
    })

    test('gives no row of the security log when it is read as it is written', async () => {
      const security = messages.filter(message => message['EventID'] === 4688)
      expect(security.length).toBe(2)
      expect(await rowsOf(bench, published(), security, { strict: true })).toEqual([])
    })

    test('as it is written only an extracted CommandLine tells anything', async () => {
      const rows = await rowsOf(bench, published(), messages, { strict: true })
      expect(rows.map(row => row['SignalType'])).toEqual([
        'Mega_Upload',
        'Mega_Upload',
        'Snapshot_Export',
        'Snapshot_Export',
        'Mega_Upload',
      ])
      expect(rows.filter(row => 'ProcessImage' in row || 'host' in row)).toEqual([])
    })

    test('reads the plain text of a process too', async () => {
      const raw = 'EventID=4688 Image=/usr/bin/megaput CommandLine=megaput'
      const rows = await rowsOf(bench, published(), [{ _raw: raw, EventID: '4688' }])
      expect(rows).toMatchObject([
        { ProcessImage: '/usr/bin/megaput', SignalType: 'Mega_Upload', ExternalDest: 'MEGA' },
      ])
    })
  },
)
