import type { Alias, Aliases } from './alias.ts'
import { always, same } from './words.ts'

/** Names of the Elastic Common Schema for processes, by what stands between folders. */
export function elasticProcess(separator: string): Aliases {
  const fileName = (of: string): Alias => ({ of: [of], last: separator })
  return {
    'event.code': same('EventID', 'type{}'),
    'host.name': same('Computer'),
    'user.name': { of: ['User'], last: separator },
    'process.command_line': same('CommandLine'),
    'process.executable': same('Image'),
    'process.name': fileName('Image'),
    'process.pid': same('ProcessId'),
    'process.working_directory': same('CurrentDirectory'),
    'process.parent.command_line': same('ParentCommandLine'),
    'process.parent.executable': same('ParentImage'),
    'process.parent.name': fileName('ParentImage'),
    'process.parent.pid': same('ParentProcessId'),
    'process.pe.original_file_name': same('OriginalFileName'),
    'destination.ip': same('DestinationIp', 'addr'),
    'dns.question.name': same('QueryName'),
    'file.path': same('TargetFilename'),
  }
}

const result: Alias = {
  of: ['success', 'res'],
  values: { yes: 'success', success: 'success', '*': 'failure' },
}

/** Names of CIM and ECS for the Linux audit system. */
export const auditdAliases: Aliases = {
  ...elasticProcess('/'),
  host: { of: ['Computer'], otherwise: 'unknown' },
  type: { of: ['type{}'], several: true },
  user: same('User'),
  user_id: same('uid'),
  src_user_id: same('auid'),
  src: same('addr'),
  src_ip: same('addr'),
  dest: same('Computer'),
  dvc: same('Computer'),
  process: same('CommandLine', 'Image'),
  process_name: { of: ['Image'], last: '/' },
  process_exec: { of: ['Image'], last: '/' },
  process_path: same('Image'),
  process_id: same('ProcessId'),
  parent_process_id: same('ParentProcessId'),
  process_current_directory: same('CurrentDirectory'),
  signature: same('type{}'),
  signature_id: same('serial'),
  status: result,
  action: result,
  vendor_product: always('Linux audit'),
  tag: {
    of: ['type{}'],
    patterns: [
      ['USER_LOGIN', 'authentication'],
      ['USER_AUTH', 'authentication'],
      ['SYSCALL', 'process'],
      ['EXECVE', 'process'],
      ['AUOMS_EXECVE', 'process'],
    ],
  },
  'source.ip': same('addr'),
}
