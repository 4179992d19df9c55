import type { Alias, Aliases } from './alias.ts'
import { actionOfKind, tagOfKind } from './windows-kinds.ts'
import { account, ofEvents, real, windowsNames } from './windows-security.ts'
import { always, same } from './words.ts'

/** A hash among those that Sysmon gives. */
const hash = (name: string): Alias => ({ of: ['Hashes'], part: `${name}=([0-9A-Fa-f]+)` })

/** Names of Splunk's common information model for processes, files, registries, networks and logons, by what stands between folders. */
function endpointAliases(separator: string): Aliases {
  const fileName = (...of: readonly string[]): Alias => ({ ...real(...of), last: separator })
  return {
    IMPHASH: hash('IMPHASH'),
    MD5: hash('MD5'),
    SHA1: hash('SHA1'),
    SHA256: hash('SHA256'),
    action: actionOfKind,
    answer: real('QueryResults'),
    dest: real('DestinationIp', 'DestAddress', 'TargetServerName', 'Computer'),
    dest_host: real('DestinationHostname'),
    dest_ip: same('DestinationIp', 'DestAddress'),
    dest_port: same('DestinationPort', 'DestPort'),
    direction: {
      of: ['Initiated', 'Direction'],
      values: { true: 'outbound', false: 'inbound', '%%14592': 'inbound', '%%14593': 'outbound' },
    },
    dvc: same('Computer'),
    file_create_time: same('CreationUtcTime'),
    file_hash: same('Hashes', 'Hash'),
    file_name: { ...fileName('TargetFilename', 'RelativeTargetName'), or: ofFiles(fileName('ObjectName')) },
    file_path: {
      ...real('TargetFilename'),
      or: { ...ofFiles(real('ObjectName')), or: real('ShareLocalPath') },
    },
    granted_access: same('GrantedAccess'),
    loaded_file: fileName('ImageLoaded'),
    loaded_file_path: real('ImageLoaded'),
    original_file_name: real('OriginalFileName'),
    os: always(separator === '/' ? 'Linux' : 'Microsoft Windows'),
    parent_process: real('ParentCommandLine', 'ParentImage'),
    parent_process_exec: fileName('ParentImage', 'SourceImage'),
    parent_process_guid: same('ParentProcessGuid', 'SourceProcessGUID', 'SourceProcessGuid'),
    parent_process_id: {
      ...same('ParentProcessId', 'SourceProcessId'),
      or: ofEvents([4688], same('ProcessId')),
    },
    parent_process_name: fileName('ParentImage', 'SourceImage'),
    parent_process_path: real('ParentImage', 'SourceImage'),
    pipe_name: same('PipeName'),
    process: {
      ...real('CommandLine'),
      or: { ...ofEvents([1, 4688], same('Image')), or: real('ProcessName') },
    },
    process_current_directory: same('CurrentDirectory'),
    process_exec: fileName('Image', 'TargetImage', 'ProcessName'),
    process_guid: same('ProcessGuid', 'TargetProcessGUID', 'TargetProcessGuid'),
    process_hash: real('Hashes'),
    process_id: same('NewProcessId', 'ProcessId', 'TargetProcessId'),
    process_integrity_level: same('IntegrityLevel'),
    process_name: fileName('Image', 'TargetImage', 'ProcessName'),
    process_path: real('Image', 'TargetImage', 'ProcessName'),
    query: same('QueryName'),
    registry_hive: { of: ['TargetObject'], part: '^([^\\\\]+)\\\\' },
    registry_key_name: { of: ['TargetObject', 'ObjectName'], last: '\\' },
    registry_path: same('TargetObject', 'ObjectName'),
    registry_value_data: {
      of: ['Details'],
      part: '^[DQ]WORD \\((.+)\\)$',
      or: same('Details', 'NewValue'),
    },
    registry_value_name: { of: ['ObjectValueName'], or: { of: ['TargetObject'], last: '\\' } },
    registry_value_type: {
      of: ['Details'],
      part: '^(DWORD|QWORD|Binary Data)',
      values: { DWORD: 'REG_DWORD', QWORD: 'REG_QWORD', 'Binary Data': 'REG_BINARY' },
      or: {
        of: ['NewValueType'],
        values: {
          '%%1873': 'REG_SZ',
          '%%1874': 'REG_EXPAND_SZ',
          '%%1875': 'REG_BINARY',
          '%%1876': 'REG_DWORD',
        },
        or: { of: ['Details'], values: { '*': 'REG_SZ' } },
      },
    },
    reply_code_id: same('QueryStatus'),
    rule: real('RuleName'),
    service: same('ServiceName'),
    service_dll_signature_exists: same('Signed'),
    service_dll_signature_verified: same('SignatureStatus'),
    service_id: same('ServiceSid'),
    service_name: same('ServiceName'),
    service_path: same('ServiceFileName', 'ImagePath'),
    signature_id: same('EventID'),
    src: {
      ...real('SourceIp', 'SourceAddress', 'Workstation', 'WorkstationName', 'IpAddress', 'ClientAddress'),
      or: ofEvents([22], same('Computer')),
    },
    src_host: real('SourceHostname'),
    src_ip: { ...real('SourceIp', 'SourceAddress', 'IpAddress', 'ClientAddress') },
    src_port: real('SourcePort', 'IpPort'),
    src_user: { ...real('SubjectUserName'), last: separator },
    start_mode: {
      of: ['StartType', 'ServiceStartType'],
      values: { 'auto start': 'auto', 'demand start': 'manual', '2': 'auto', '3': 'manual', '4': 'disabled' },
    },
    tag: tagOfKind,
    transport: { of: ['Protocol'], values: { '1': 'icmp', '6': 'tcp', '17': 'udp' } },
    user: separator === '/' ? fileName('User', 'TargetUserName') : account,
    user_id: real('SubjectUserSid', 'TargetUserSid', 'Security_UserID'),
    vendor_product: same('Provider_Name'),
  }
}

function ofFiles(alias: Alias): Alias {
  return { ...alias, where: { field: 'ObjectType', values: ['File'] } }
}

export const windowsAliases: Aliases = {
  ...windowsNames,
  ...endpointAliases('\\'),
  vendor_product: {
    of: ['Channel'],
    values: { 'Microsoft-Windows-Sysmon/Operational': 'Microsoft Sysmon', '*': 'Microsoft Windows' },
  },
}

/** Sysmon on Linux has the same names. */
export const linuxSysmonAliases: Aliases = endpointAliases('/')
