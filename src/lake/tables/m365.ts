import { columns, type LakeTable } from './table.ts'

/** Microsoft 365: what nearly every search names, and the lists that some take apart. */
export const m365Table: LakeTable = {
  source: 'm365',
  promoted: columns(
    'Operation',
    'Workload',
    'UserId',
    'ObjectId',
    'ClientIP',
    'ResultStatus',
    'UserAgent',
    'CreationTime',
    'OrganizationId',
    'LogonError',
  ),
  parts: columns('Parameters', 'ModifiedProperties', 'ExtendedProperties'),
}
