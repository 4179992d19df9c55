import type { Alias, Aliases } from './alias.ts'
import { same } from './words.ts'

/** What kind of event it is, by its number: those of the Security log, of Sysmon and of the System log. */
const KINDS: readonly (readonly [number: string, tag: string, action: string])[] = [
  ['1', 'process', 'allowed'],
  ['4688', 'process', 'allowed'],
  ['3', 'network', 'allowed'],
  ['5156', 'network', 'allowed'],
  ['5157', 'network', 'blocked'],
  ['11', 'filesystem', 'created'],
  ['15', 'filesystem', 'created'],
  ['23', 'filesystem', 'deleted'],
  ['26', 'filesystem', 'deleted'],
  ['12', 'registry', 'modified'],
  ['13', 'registry', 'modified'],
  ['14', 'registry', 'modified'],
  ['4657', 'registry', 'modified'],
  ['22', 'dns', 'allowed'],
  ['4697', 'service', 'created'],
  ['7045', 'service', 'created'],
  ['4624', 'authentication', 'success'],
  ['4648', 'authentication', 'success'],
  ['4768', 'authentication', 'success'],
  ['4769', 'authentication', 'success'],
  ['4625', 'authentication', 'failure'],
  ['4771', 'authentication', 'failure'],
  ['1102', 'change', 'deleted'],
  ['4720', 'change', 'created'],
  ['4722', 'change', 'modified'],
  ['4724', 'change', 'modified'],
  ['4725', 'change', 'modified'],
  ['4726', 'change', 'deleted'],
  ['4728', 'change', 'modified'],
  ['4732', 'change', 'modified'],
  ['4738', 'change', 'modified'],
  ['4740', 'change', 'modified'],
  ['4756', 'change', 'modified'],
]

const byKind = (place: 1 | 2): Alias => ({
  of: ['EventID'],
  patterns: KINDS.map(kind => [kind[0], kind[place]] as const),
})

/** Names of Splunk's common information model for processes, files, registries and logons, by what stands between folders. */
function endpointAliases(separator: string): Aliases {
  const fileName = (...of: readonly string[]): Alias => ({ of, last: separator })
  return {
    action: byKind(2),
    answer: same('QueryResults'),
    dest: same('DestinationIp', 'DestAddress', 'Computer'),
    dest_ip: same('DestinationIp', 'DestAddress'),
    dest_port: same('DestinationPort', 'DestPort'),
    dvc: same('Computer'),
    file_hash: same('Hashes', 'Hash'),
    file_name: fileName('TargetFilename'),
    file_path: same('TargetFilename'),
    original_file_name: same('OriginalFileName'),
    parent_process: same('ParentCommandLine', 'ParentImage'),
    parent_process_exec: fileName('ParentImage'),
    parent_process_guid: same('ParentProcessGuid'),
    parent_process_name: fileName('ParentImage'),
    parent_process_path: same('ParentImage'),
    process: same('CommandLine', 'Image'),
    process_current_directory: same('CurrentDirectory'),
    process_exec: fileName('Image'),
    process_guid: same('ProcessGuid'),
    process_hash: same('Hashes'),
    process_integrity_level: same('IntegrityLevel'),
    process_name: fileName('Image'),
    process_path: same('Image'),
    query: same('QueryName'),
    registry_key_name: same('TargetObject', 'ObjectName'),
    registry_path: same('TargetObject', 'ObjectName'),
    registry_value_data: same('Details', 'NewValue'),
    registry_value_name: { of: ['ObjectValueName'], or: fileName('TargetObject') },
    service_name: same('ServiceName'),
    service_path: same('ServiceFileName', 'ImagePath'),
    signature_id: same('EventID'),
    src: same('SourceIp', 'SourceAddress', 'IpAddress'),
    src_ip: same('SourceIp', 'SourceAddress', 'IpAddress'),
    src_port: same('SourcePort', 'IpPort'),
    src_user: fileName('SubjectUserName'),
    tag: byKind(1),
    transport: same('Protocol'),
    user: fileName('User', 'TargetUserName'),
    user_id: same('SubjectUserSid', 'TargetUserSid'),
    vendor_product: same('Provider_Name'),
    parent_process_id: same('ParentProcessId'),
    process_id: same('NewProcessId', 'ProcessId'),
  }
}

export const windowsAliases: Aliases = endpointAliases('\\')

/** Sysmon on Linux has the same names. */
export const linuxSysmonAliases: Aliases = endpointAliases('/')
