import { expect, test } from 'vitest'
import type { JsonObject } from '../../src/core/json.ts'
import { rowMaker } from '../../src/engines/files/event-row.ts'
import { readContent } from './reading.ts'

const NAMES = ['tag', 'dest', 'user', 'process_name', 'process', 'parent_process_name', 'action', 'src']

async function named(event: JsonObject, wanted: readonly string[] = NAMES) {
  const names = new Set(wanted)
  const { found } = await readContent(JSON.stringify(event))
  const [first] = found
  if (first === undefined) throw new Error('nothing was read')
  return Object.fromEntries(
    [...rowMaker('splunk', { names, all: false })(first)].filter(([name]) => names.has(name)),
  )
}

const sysmon = (EventID: number, event: JsonObject): JsonObject => ({
  EventID,
  Channel: 'Microsoft-Windows-Sysmon/Operational',
  Provider_Name: 'Microsoft-Windows-Sysmon',
  Computer: 'host1.example.com',
  UtcTime: '2024-05-01 12:00:00.000',
  ...event,
})

const security = (EventID: number, event: JsonObject): JsonObject => ({
  EventID,
  Channel: 'Security',
  Provider_Name: 'Microsoft-Windows-Security-Auditing',
  Computer: 'dc1.example.com',
  TimeCreated: '2024-05-01T12:00:00Z',
  ...event,
})

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

test('Sysmon on Linux names files by what stands behind the last slash', async () => {
  const event = { EventID: 1, Channel: 'Linux-Sysmon/Operational', UtcTime: '2024-05-01 12:00:00.000' }
  expect(
    await named({ ...event, Image: '/usr/bin/sudo', OriginalFileName: '-' }, [
      'process_name',
      'original_file_name',
    ]),
  ).toEqual({ process_name: 'sudo' })
})

test('a value of the registry stands without its type, and a deleted one is deleted', async () => {
  const wanted = [
    'registry_value_data',
    'registry_value_type',
    'registry_value_name',
    'registry_hive',
    'action',
  ]
  const TargetObject = 'HKLM\\SOFTWARE\\Policies\\Tools\\Disabled'
  expect(
    await named(sysmon(13, { EventType: 'SetValue', TargetObject, Details: 'DWORD (0x00000001)' }), wanted),
  ).toEqual({
    registry_value_data: '0x00000001',
    registry_value_type: 'REG_DWORD',
    registry_value_name: 'Disabled',
    registry_hive: 'HKLM',
    action: 'modified',
  })
  expect(await named(sysmon(13, { TargetObject, Details: 'C:\\run.exe' }), wanted)).toMatchObject({
    registry_value_data: 'C:\\run.exe',
    registry_value_type: 'REG_SZ',
  })
  expect(await named(sysmon(12, { EventType: 'DeleteValue', TargetObject }), ['action'])).toEqual({
    action: 'deleted',
  })
})

test('who reaches into a process is its parent, and hashes have names of their own', async () => {
  const reach = { SourceImage: 'C:\\a.exe', TargetImage: 'C:\\Windows\\lsass.exe', GrantedAccess: '0x1010' }
  expect(await named(sysmon(10, reach), ['parent_process_name', 'process_name', 'granted_access'])).toEqual({
    parent_process_name: 'a.exe',
    process_name: 'lsass.exe',
    granted_access: '0x1010',
  })
  const load = { ImageLoaded: 'C:\\x\\v.dll', Hashes: 'SHA1=0A,MD5=0B,SHA256=0C,IMPHASH=0D', Signed: 'false' }
  expect(
    await named(sysmon(7, load), ['loaded_file', 'SHA256', 'IMPHASH', 'service_dll_signature_exists']),
  ).toEqual({
    loaded_file: 'v.dll',
    SHA256: '0C',
    IMPHASH: '0D',
    service_dll_signature_exists: 'false',
  })
})

test('an account that is changed or logs on is the user, one that acts on it the source', async () => {
  const names = ['user', 'src_user', 'status', 'action', 'Account_Name', 'Group_Name']
  const own = { SubjectUserName: 'ann', TargetUserName: 'eve', Keywords: '0x8020000000000000' }
  expect(await named(security(4720, own), names)).toEqual({
    user: 'eve',
    src_user: 'ann',
    status: 'success',
    action: 'created',
    Account_Name: ['ann', 'eve'],
  })
  expect(await named(security(4688, { ...own, TargetUserName: '-' }), ['user'])).toEqual({ user: 'ann' })
  expect(await named(security(4732, { ...own, TargetUserName: 'Administrators' }), ['Group_Name'])).toEqual({
    Group_Name: 'Administrators',
  })
  const ticket = { TargetUserName: 'eve@EXAMPLE.COM', ServiceName: 'web', Keywords: '0x8010000000000000' }
  expect(await named(security(4769, ticket), ['service', 'action'])).toEqual({
    service: 'web',
    action: 'failure',
  })
})

test('a Windows event is found by the source type and the source of its channel', async () => {
  expect(await named(security(4624, {}), ['sourcetype', 'source'])).toEqual({
    sourcetype: ['XmlWinEventLog', 'WinEventLog', 'XmlWinEventLog:Security', 'WinEventLog:Security'],
    source: ['log', 'XmlWinEventLog:Security', 'WinEventLog:Security'],
  })
})
