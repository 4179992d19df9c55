import type { JsonObject } from '../../core/json.ts'

/** What happened, in a word where there is one, else `EventID 4663`. */
export function actionOf(record: JsonObject): string | undefined {
  const id = record['EventID']
  if (typeof id !== 'number') {
    const action = record['ActionType']
    return typeof action === 'string' ? action : undefined
  }
  const channel = record['Channel']
  const names = typeof channel === 'string' ? OF_CHANNELS.get(channel) : undefined
  return names?.get(id) ?? `EventID ${id}`
}

const SYSMON: ReadonlyMap<number, string> = new Map([
  [1, 'ProcessCreate'],
  [2, 'FileCreateTime'],
  [3, 'NetworkConnect'],
  [5, 'ProcessTerminate'],
  [6, 'DriverLoad'],
  [7, 'ImageLoad'],
  [8, 'CreateRemoteThread'],
  [9, 'RawAccessRead'],
  [10, 'ProcessAccess'],
  [11, 'FileCreate'],
  [12, 'RegistryEvent'],
  [13, 'RegistryEvent'],
  [14, 'RegistryEvent'],
  [15, 'FileCreateStreamHash'],
  [17, 'PipeEvent'],
  [18, 'PipeEvent'],
  [19, 'WmiEvent'],
  [20, 'WmiEvent'],
  [21, 'WmiEvent'],
  [22, 'DnsQuery'],
  [23, 'FileDelete'],
])

const SECURITY: ReadonlyMap<number, string> = new Map([
  [1102, 'LogClear'],
  [4624, 'Logon'],
  [4625, 'LogonFailure'],
  [4634, 'Logoff'],
  [4648, 'ExplicitCredentialLogon'],
  [4672, 'SpecialPrivilegesAssigned'],
  [4688, 'ProcessCreate'],
  [4689, 'ProcessTerminate'],
  [4698, 'ScheduledTaskCreate'],
  [4720, 'UserCreate'],
])

const POWERSHELL: ReadonlyMap<number, string> = new Map([
  [4103, 'ModuleLogging'],
  [4104, 'ScriptBlockLogging'],
])

const OF_CHANNELS: ReadonlyMap<string, ReadonlyMap<number, string>> = new Map([
  ['Microsoft-Windows-Sysmon/Operational', SYSMON],
  ['Linux-Sysmon/Operational', SYSMON],
  ['Security', SECURITY],
  ['Microsoft-Windows-PowerShell/Operational', POWERSHELL],
  ['PowerShellCore/Operational', POWERSHELL],
])
