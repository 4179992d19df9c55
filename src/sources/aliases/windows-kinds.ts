import type { Alias } from './alias.ts'

/** What kind of event it is in Splunk's common information model, what it did, and what Windows calls it, by its number. */
type Kind = readonly [number: string, tag: string, action: string | undefined, title: string]

const SYSMON: readonly Kind[] = [
  ['1', 'process', 'allowed', 'Process creation'],
  ['3', 'network', 'allowed', 'Network connection detected'],
  ['7', 'process', 'allowed', 'Image loaded'],
  ['8', 'process', 'allowed', 'CreateRemoteThread detected'],
  ['10', 'process', 'allowed', 'Process accessed'],
  ['11', 'filesystem', 'created', 'File created'],
  ['12', 'registry', 'modified', 'Registry object added or deleted'],
  ['13', 'registry', 'modified', 'Registry value set'],
  ['14', 'registry', 'modified', 'Registry object renamed'],
  ['15', 'filesystem', 'created', 'File stream created'],
  ['22', 'dns', 'allowed', 'Dns query'],
  ['23', 'filesystem', 'deleted', 'File Delete archived'],
  ['26', 'filesystem', 'deleted', 'File Delete logged'],
]

const SECURITY: readonly Kind[] = [
  ['4624', 'authentication', 'success', 'An account was successfully logged on'],
  ['4625', 'authentication', 'failure', 'An account failed to log on'],
  ['4648', 'authentication', 'success', 'A logon was attempted using explicit credentials'],
  ['4657', 'registry', 'modified', 'A registry value was modified'],
  ['4688', 'process', 'allowed', 'A new process has been created'],
  ['4697', 'service', 'created', 'A service was installed in the system'],
  ['4720', 'change', 'created', 'A user account was created'],
  ['4722', 'change', 'modified', 'A user account was enabled'],
  ['4723', 'change', 'modified', "An attempt was made to change an account's password"],
  ['4724', 'change', 'modified', "An attempt was made to reset an account's password"],
  ['4725', 'change', 'modified', 'A user account was disabled'],
  ['4726', 'change', 'deleted', 'A user account was deleted'],
  ['4727', 'change', 'created', 'A security-enabled global group was created'],
  ['4728', 'change', 'modified', 'A member was added to a security-enabled global group'],
  ['4729', 'change', 'modified', 'A member was removed from a security-enabled global group'],
  ['4730', 'change', 'deleted', 'A security-enabled global group was deleted'],
  ['4731', 'change', 'created', 'A security-enabled local group was created'],
  ['4732', 'change', 'modified', 'A member was added to a security-enabled local group'],
  ['4733', 'change', 'modified', 'A member was removed from a security-enabled local group'],
  ['4734', 'change', 'deleted', 'A security-enabled local group was deleted'],
  ['4738', 'change', 'modified', 'A user account was changed'],
  ['4740', 'change', 'modified', 'A user account was locked out'],
  ['4741', 'change', 'created', 'A computer account was created'],
  ['4742', 'change', 'modified', 'A computer account was changed'],
  ['4743', 'change', 'deleted', 'A computer account was deleted'],
  ['4756', 'change', 'modified', 'A member was added to a security-enabled universal group'],
  ['4767', 'change', 'modified', 'A user account was unlocked'],
  ['4781', 'change', 'modified', 'The name of an account was changed'],
  ['4768', 'authentication', undefined, 'A Kerberos authentication ticket (TGT) was requested'],
  ['4769', 'authentication', undefined, 'A Kerberos service ticket was requested'],
  ['4771', 'authentication', 'failure', 'Kerberos pre-authentication failed'],
  ['4776', 'authentication', undefined, 'The computer attempted to validate the credentials for an account'],
  ['5156', 'network', 'allowed', 'The Windows Filtering Platform has permitted a connection'],
  ['5157', 'network', 'blocked', 'The Windows Filtering Platform has blocked a connection'],
  ['7045', 'service', 'created', 'A service was installed in the system'],
  ['1102', 'change', 'deleted', 'The audit log was cleared'],
]

/** Titles of events that are of no model. */
const TITLES: readonly (readonly [number: string, title: string])[] = [
  ['1100', 'The event logging service has shut down'],
  ['4634', 'An account was logged off'],
  ['4656', 'A handle to an object was requested'],
  ['4662', 'An operation was performed on an object'],
  ['4663', 'An attempt was made to access an object'],
  ['4672', 'Special privileges assigned to new logon'],
  ['4673', 'A privileged service was called'],
  ['4689', 'A process has exited'],
  ['4698', 'A scheduled task was created'],
  ['4699', 'A scheduled task was deleted'],
  ['4702', 'A scheduled task was updated'],
  ['4719', 'System audit policy was changed'],
  ['4798', "A user's local group membership was enumerated"],
  ['4799', 'A security-enabled local group membership was enumerated'],
  ['5136', 'A directory service object was modified'],
  ['5140', 'A network share object was accessed'],
  ['5145', 'A network share object was checked to see whether client can be granted desired access'],
]

const KINDS: readonly Kind[] = [...SYSMON, ...SECURITY]

/** Whether an audit succeeded. */
export const audited: Alias = {
  of: ['Keywords'],
  patterns: [
    ['0x8010*', 'failure'],
    ['*Audit Failure*', 'failure'],
    ['0x8020*', 'success'],
    ['*Audit Success*', 'success'],
  ],
}

/** An alias that says something of these numbers of events alone. */
function ofNumbers(pairs: readonly (readonly [number: string, says: string])[]): Alias {
  return { of: ['EventID'], values: Object.fromEntries(pairs), only: true }
}

/** What was done to what the event is about, or whether it succeeded. */
export const actionOfKind: Alias = {
  of: ['EventType'],
  where: { field: 'EventID', values: ['12'] },
  patterns: [
    ['Create*', 'created'],
    ['Delete*', 'deleted'],
  ],
  or: {
    ...ofNumbers(
      KINDS.flatMap(([number, , action]) => (action === undefined ? [] : [[number, action] as const])),
    ),
    or: { ...audited, or: ofNumbers(KINDS.map(([number]) => [number, 'success'] as const)) },
  },
}

export const tagOfKind: Alias = ofNumbers(KINDS.map(([number, tag]) => [number, tag] as const))

export const titleOfKind: Alias = ofNumbers([
  ...KINDS.map(([number, , , title]) => [number, title] as const),
  ...TITLES,
])
