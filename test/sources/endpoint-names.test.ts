import { expect, test } from 'vitest'
import type { JsonObject } from '../../src/core/json.ts'
import { rowMaker } from '../../src/engines/files/event-row.ts'
import { aliasesOf } from '../../src/sources/aliases/aliases.ts'
import { readContent } from './reading.ts'

const names = new Set([
  'tag',
  'dest',
  'user',
  'process_name',
  'process',
  'parent_process_name',
  'action',
  'src',
])

async function named(event: JsonObject) {
  const { found } = await readContent(JSON.stringify(event))
  const [first] = found
  if (first === undefined) throw new Error('nothing was read')
  return Object.fromEntries(
    [...rowMaker('splunk', { names, all: false })(first)].filter(([name]) => names.has(name)),
  )
}

test('a process of Sysmon has the names of the information model', async () => {
  const event = {
    EventID: 1,
    Channel: 'Microsoft-Windows-Sysmon/Operational',
    Provider_Name: 'Microsoft-Windows-Sysmon',
    Computer: 'host1.example.com',
    UtcTime: '2024-05-01 12:00:00.000',
    Image: 'C:\\Windows\\System32\\cmd.exe',
    CommandLine: 'cmd /c whoami',
    ParentImage: 'C:\\Windows\\explorer.exe',
    User: 'EXAMPLE\\ann',
  }
  expect(await named(event)).toEqual({
    tag: 'process',
    action: 'allowed',
    dest: 'host1.example.com',
    user: 'ann',
    process: 'cmd /c whoami',
    process_name: 'cmd.exe',
    parent_process_name: 'explorer.exe',
  })
})

test('a failed logon is an authentication', async () => {
  const event = {
    EventID: 4625,
    Channel: 'Security',
    Provider_Name: 'Microsoft-Windows-Security-Auditing',
    Computer: 'host1.example.com',
    TimeCreated: '2024-05-01T12:00:00Z',
    TargetUserName: 'ann',
    IpAddress: '192.0.2.1',
  }
  expect(await named(event)).toMatchObject({
    tag: 'authentication',
    action: 'failure',
    user: 'ann',
    src: '192.0.2.1',
  })
})

test('Sysmon on Linux names files by what stands behind the last slash', () => {
  expect(aliasesOf('linux')['process_name']).toEqual({ of: ['Image'], last: '/' })
})
