import type { Aliases } from './alias.ts'

const address = { of: ['sourceIPAddress'] }
const account = { of: ['recipientAccountId', 'userIdentity.accountId'] }
const userName = {
  of: [
    'userIdentity.userName',
    'userIdentity.sessionContext.sessionIssuer.userName',
    'userIdentity.principalId',
  ],
}

/** Names of the Splunk add-on, of CIM, OCSF and ECS for CloudTrail. */
export const cloudtrailAliases: Aliases = {
  src_ip: address,
  src: address,
  user_arn: { of: ['userIdentity.arn'] },
  user_type: { of: ['userIdentity.type'] },
  user_name: userName,
  userName,
  user: userName,
  user_agent: { of: ['userAgent'] },
  aws_account_id: account,
  region: { of: ['awsRegion'] },
  vendor_region: { of: ['awsRegion'] },
  vendor_account: account,
  errorCode: { of: ['errorCode'], otherwise: 'success' },
  status: {
    of: ['responseElements.ConsoleLogin', 'errorCode'],
    otherwise: 'success',
    values: { Success: 'success', '*': 'failure' },
  },
}
