import { columns, type LakeTable } from './table.ts'

/** AWS CloudTrail: the fields that published rules name most. */
export const cloudtrailTable: LakeTable = {
  source: 'cloudtrail',
  promoted: columns(
    'eventName',
    'eventSource',
    'awsRegion',
    'sourceIPAddress',
    'userAgent',
    'errorCode',
    'errorMessage',
    'eventType',
    'eventCategory',
    'eventTime',
    'recipientAccountId',
    'requestID',
    'vpcEndpointId',
    'userIdentity.type',
    'userIdentity.principalId',
    'userIdentity.arn',
    'userIdentity.accountId',
    'userIdentity.accessKeyId',
    'userIdentity.userName',
    'userIdentity.invokedBy',
    'userIdentity.sessionContext.sessionIssuer.arn',
    'userIdentity.sessionContext.sessionIssuer.userName',
    'userIdentity.sessionContext.attributes.mfaAuthenticated',
  ),
  parts: columns('requestParameters', 'responseElements', 'additionalEventData'),
}
