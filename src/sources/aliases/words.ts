import type { Alias } from './alias.ts'

/** The field under another name. */
export function same(...of: readonly string[]): Alias {
  return { of }
}

/** The address in a field, without a port. */
export function addressOf(...of: readonly string[]): Alias {
  return { of, address: true }
}

/** The same words for every event of a source. */
export function always(otherwise: string): Alias {
  return { of: [], otherwise }
}

/** CIM's word for what an operation did, by how its name begins or what it has in it. */
export const ACTIONS: readonly (readonly [string, string])[] = [
  ...each('created', 'Create*', 'New-*', 'Run*', 'Launch*', 'Import*', 'Register*', 'Copy*', 'Add*'),
  ...each('created', '*.create', '*.insert', '*.Create*', '*/create', 'Upload*', 'Request*', 'Invite*'),
  ...each(
    'deleted',
    'Delete*',
    'Remove*',
    'Terminate*',
    'Deregister*',
    'Purge*',
    '*.delete',
    '*.Delete*',
    '*/delete',
  ),
  ...each('deleted', 'Destroy*', 'Schedule*Deletion', 'Release*', 'File*Deleted', 'HardDelete', 'SoftDelete'),
  ...each('started', 'Start*', '*.start', '*/start/action'),
  ...each('stopped', 'Stop*', 'Suspend*', '*.stop', '*/deallocate/action', '*/powerOff/action'),
  ...each('modified', 'Update*', 'Modify*', 'Put*', 'Set*', 'Change*', 'Attach*', 'Detach*', 'Associate*'),
  ...each('modified', 'Disassociate*', 'Enable*', 'Disable*', 'Authorize*', 'Revoke*', 'Replace*', 'Reset*'),
  ...each(
    'modified',
    'Tag*',
    'Untag*',
    'Restore*',
    'Reboot*',
    'Activate*',
    'Deactivate*',
    '*.patch',
    '*.update',
  ),
  ...each(
    'modified',
    '*.set*',
    '*.Update*',
    '*.Set*',
    '*/write',
    '*/action',
    'Consent*',
    'Grant*',
    '*Modified',
  ),
  ...each(
    'read',
    'Get*',
    'List*',
    'Describe*',
    'Head*',
    'Search*',
    'Lookup*',
    'Select*',
    'Query*',
    '*.get',
    '*.list',
  ),
  ...each(
    'read',
    '*.Get*',
    '*.List*',
    '*/read',
    'FileAccessed',
    'FileDownloaded',
    'FilePreviewed',
    'MailItemsAccessed',
  ),
]

function each(says: string, ...patterns: readonly string[]): readonly (readonly [string, string])[] {
  return patterns.map(pattern => [pattern, says] as const)
}
