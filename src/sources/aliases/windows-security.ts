import type { Alias, Aliases } from './alias.ts'
import { audited, titleOfKind } from './windows-kinds.ts'
import { always, same } from './words.ts'

const DASH = ['-']

/** The first of the fields that says more than `-`. */
export function real(...of: readonly string[]): Alias {
  return { of, except: DASH }
}

/** An alias that asks only events with these numbers. */
export function ofEvents(numbers: readonly number[], alias: Alias): Alias {
  return { ...alias, where: { field: 'EventID', values: numbers.map(String) } }
}

/** Numbers of the events that are about a group, whose name stands where an account's does elsewhere. */
const GROUPS = [
  ...[4727, 4728, 4729, 4730, 4731, 4732, 4733, 4734, 4735, 4737, 4744, 4745, 4746, 4747, 4748, 4749, 4750],
  ...[4751, 4752, 4753, 4754, 4755, 4756, 4757, 4758, 4759, 4760, 4761, 4762, 4763, 4764, 4799],
]

const USERS = [4720, 4722, 4723, 4724, 4725, 4726, 4738, 4740, 4767, 4781]
const COMPUTERS = [4741, 4742, 4743]

function category(numbers: readonly number[], says: string): Alias {
  return ofEvents(numbers, { of: ['EventID'], values: { '*': says } })
}

/** Events in which the account that acts is the only one. */
const BY_SUBJECT = [4673, 4674, 4689, 4697]

/** The account that an event is about: that of a process, of a logon, or the one that was changed. */
export const account: Alias = {
  ...ofEvents(BY_SUBJECT, real('SubjectUserName')),
  or: {
    ...real('NewTargetUserName', 'TargetUserName'),
    or: { ...real('User', 'SubjectUserName'), last: '\\' },
  },
}

/**
 * Names of Splunk's add-on for Windows beside those of the common information model, and those that the events have as
 * text, where each name in the message is a field with `_` for its blanks.
 */
export const windowsNames: Aliases = {
  Access_Mask: same('AccessMask'),
  Account_Domain: { of: ['SubjectDomainName', 'TargetDomainName'], several: true },
  Account_Name: { of: ['SubjectUserName', 'TargetUserName'], several: true },
  Accesses: same('AccessList'),
  Additional_Information: same('TargetInfo'),
  Authentication_Package: same('AuthenticationPackageName', 'PackageName'),
  Caller_Computer_Name: ofEvents([4740], same('TargetDomainName')),
  Caller_Domain: real('SubjectDomainName'),
  Caller_User_Name: real('SubjectUserName'),
  Client_Address: same('IpAddress'),
  Client_Port: same('IpPort'),
  ComputerName: same('Computer'),
  Creator_Process_ID: ofEvents([4688], same('ProcessId')),
  Creator_Process_Name: same('ParentProcessName'),
  Display_Name: same('DisplayName'),
  Error_Code: { of: ['Status'], otherwise: '-' },
  EventChannel: same('Channel'),
  EventDescription: titleOfKind,
  Failure_Code: same('Status'),
  Failure_Reason: same('FailureReason'),
  Group_Domain: ofEvents(GROUPS, same('TargetDomainName')),
  Group_Name: ofEvents(GROUPS, same('TargetUserName')),
  Guid: same('Provider_Guid'),
  Logon_ID: same('SubjectLogonId', 'TargetLogonId'),
  Logon_Process: same('LogonProcessName'),
  Logon_Type: same('LogonType'),
  Member_ID: real('MemberSid'),
  Name: same('Provider_Name'),
  New_Account_Name: ofEvents([4720], same('TargetUserName')),
  New_Process_ID: same('NewProcessId'),
  New_Process_Name: same('NewProcessName'),
  Object_Name: same('ObjectName'),
  Object_Server: same('ObjectServer'),
  Object_Type: same('ObjectType'),
  Pre_Authentication_Type: same('PreAuthType'),
  ProcessID: same('Execution_ProcessID'),
  Process_Command_Line: same('CommandLine'),
  Process_ID: same('ProcessId'),
  Process_Name: same('ProcessName'),
  RecordID: same('EventRecordID'),
  RecordNumber: same('EventRecordID'),
  Relative_Target_Name: same('RelativeTargetName'),
  Result_Code: same('Status'),
  SAM_Account_Name: same('SamAccountName'),
  ScriptBlock_ID: same('ScriptBlockId'),
  SecurityID: same('Security_UserID'),
  Security_ID: { of: ['SubjectUserSid', 'TargetUserSid', 'TargetSid', 'MemberSid'], several: true },
  Service_Account: same('ServiceAccount', 'AccountName'),
  Service_File_Name: same('ServiceFileName', 'ImagePath'),
  Service_Name: same('ServiceName'),
  Service_Start_Type: same('ServiceStartType', 'StartType'),
  Service_Type: same('ServiceType'),
  Share_Name: same('ShareName'),
  Share_Path: same('ShareLocalPath'),
  Source_Network_Address: same('IpAddress'),
  Source_Port: same('IpPort'),
  Source_Workstation: same('Workstation', 'WorkstationName'),
  Sub_Status: same('SubStatus'),
  Supplied_Realm_Name: ofEvents([4768], same('TargetDomainName')),
  SystemTime: same('TimeCreated'),
  Target_Account_Name: real('TargetUserName'),
  Target_Domain: same('TargetDomainName'),
  Target_Server_Name: same('TargetServerName'),
  Target_User_Name: same('TargetUserName'),
  Task_Content: same('TaskContent'),
  Task_Name: same('TaskName'),
  ThreadID: same('Execution_ThreadID'),
  Ticket_Encryption_Type: same('TicketEncryptionType'),
  Ticket_Options: same('TicketOptions'),
  Token_Elevation_Type: same('TokenElevationType'),
  UserID: same('Security_UserID'),
  User_Principal_Name: same('UserPrincipalName'),
  Workstation_Name: same('WorkstationName'),
  app: {
    of: ['LogonType'],
    values: { '3': 'win:remote', '8': 'win:remote', '10': 'win:remote', '*': 'win:local' },
    or: {
      ...ofEvents([3], same('Image')),
      or: { of: ['Channel'], values: { Security: 'win:unknown' }, part: '^(Security)$' },
    },
  },
  change_type: ofEvents([...USERS, ...GROUPS, ...COMPUTERS], { of: ['EventID'], values: { '*': 'AAA' } }),
  authentication_method: real('AuthenticationPackageName', 'PackageName'),
  dest_nt_domain: real('TargetDomainName'),
  dest_nt_host: real('TargetServerName', 'Computer'),
  dvc_nt_host: same('Computer'),
  event_id: same('EventRecordID'),
  id: same('EventRecordID'),
  member_id: real('MemberSid', 'TargetUserSid', 'TargetSid'),
  name: titleOfKind,
  new_process: same('NewProcessName'),
  new_process_id: same('NewProcessId'),
  new_process_name: { of: ['NewProcessName'], last: '\\' },
  object: {
    ...real('NewTargetUserName', 'TargetUserName'),
    or: real('ObjectName', 'TargetObject', 'TargetFilename'),
  },
  object_attrs: real('SamAccountName'),
  object_category: {
    ...category(USERS, 'user'),
    or: {
      ...category(GROUPS, 'group'),
      or: { ...category(COMPUTERS, 'computer'), or: category([12, 13, 14], 'registry') },
    },
  },
  object_id: real('TargetSid', 'TargetUserSid'),
  object_path: real('TargetObject', 'TargetFilename', 'ShareLocalPath'),
  product: always('Windows'),
  result: category([4740], 'lockout'),
  session_id: real('SubjectLogonId', 'TargetLogonId'),
  signature: titleOfKind,
  src_nt_domain: real('SubjectDomainName'),
  src_nt_host: real('Workstation', 'WorkstationName', 'IpAddress'),
  status: audited,
  subject: titleOfKind,
  user_group: ofEvents(GROUPS, same('TargetUserName')),
  user_name: account,
  vendor: always('Microsoft'),
}
