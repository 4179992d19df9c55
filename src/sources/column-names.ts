/** Members of an event that are objects or lists. */
const OBJECTS: readonly string[] = [
  'userIdentity',
  'requestParameters',
  'responseElements',
  'additionalEventData',
  'serviceEventDetails',
  'resources',
  'tlsDetails',
  'edgeDeviceDetails',
  'addendum',
  'eventContext',
]

/**
 * Names of columns, in lower case without spaces and punctuation, and where their value stands in an event. It
 * covers Athena's and Lake's lower case, flattened names (`userIdentity.arn`, `UserIdentityArn`), `lookup-events`,
 * the console's export (`Event name`) and exports of S3 data events (`User ID`).
 */
export const COLUMNS: ReadonlyMap<string, readonly string[]> = new Map(
  [
    'eventVersion',
    'eventTime',
    'eventSource',
    'eventName',
    'awsRegion',
    'sourceIPAddress',
    'userAgent',
    'errorCode',
    'errorMessage',
    'requestID',
    'eventID',
    'eventType',
    'eventCategory',
    'apiVersion',
    'managementEvent',
    'readOnly',
    'recipientAccountId',
    'sharedEventID',
    'vpcEndpointId',
    'vpcEndpointAccountId',
    'sessionCredentialFromConsole',
    ...OBJECTS,
    'userIdentity.type',
    'userIdentity.principalId',
    'userIdentity.arn',
    'userIdentity.accountId',
    'userIdentity.accessKeyId',
    'userIdentity.userName',
    'userIdentity.invokedBy',
    'userIdentity.sessionContext',
  ]
    .map(name => [plain(name), name.split('.')] as const)
    .concat([
      ['eventdatetime', ['eventTime']],
      ['awseventid', ['eventID']],
      ['sourceip', ['sourceIPAddress']],
      ['requestuseragent', ['userAgent']],
      ['username', ['userIdentity', 'userName']],
      ['userid', ['userIdentity']],
      ['accesskeyid', ['userIdentity', 'accessKeyId']],
      ['awsaccesskey', ['userIdentity', 'accessKeyId']],
      ['awsaccesskeyid', ['userIdentity', 'accessKeyId']],
      ['resourcetype', ['resources', 'ResourceType']],
      ['resourcename', ['resources', 'ResourceName']],
    ]),
)

/** Columns that hold a whole event as a text. */
export const EVENT_COLUMNS: ReadonlySet<string> = new Set([
  '_raw',
  'CloudTrailEvent',
  'eventData',
  'eventJson',
  'event.original',
])

/** Columns that hold an object or a list as a text. */
export const NESTED: ReadonlySet<string> = new Set([...OBJECTS, 'sessionContext'])

/** Columns whose nested names Athena and Lake write in lower case, and those names as CloudTrail writes them. */
export const LOWERED: ReadonlySet<string> = new Set([
  'userIdentity',
  'sessionContext',
  'resources',
  'tlsDetails',
])
export const NESTED_NAMES: ReadonlyMap<string, string> = new Map(
  [
    ...[
      'principalId',
      'accountId',
      'accessKeyId',
      'userName',
      'invokedBy',
      'identityProvider',
      'credentialId',
    ],
    ...[
      'sessionContext',
      'sessionIssuer',
      'attributes',
      'creationDate',
      'mfaAuthenticated',
      'webIdFederationData',
    ],
    ...['federatedProvider', 'sourceIdentity', 'ec2RoleDelivery', 'onBehalfOf', 'userId', 'identityStoreArn'],
    ...[
      'inScopeOf',
      'issuerType',
      'credentialsIssuedTo',
      'tlsVersion',
      'cipherSuite',
      'clientProvidedHostHeader',
    ],
  ].map(name => [name.toLowerCase(), name]),
)

/** A column's name as it stands in `COLUMNS`. */
export function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
}
