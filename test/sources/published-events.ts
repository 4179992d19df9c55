import type { Json, JsonObject } from '../../src/core/json.ts'

const MINUTE = 60_000
const START = Date.parse('2025-03-04T10:00:00Z')

/** UTC of a minute after the beginning. */
function at(minute: number): string {
  return new Date(START + minute * MINUTE).toISOString().replace('.000Z', 'Z')
}

let made = 0

type Parts = { readonly [name: string]: Json }

function trail(eventName: string, service: string, parts: Parts = {}): JsonObject {
  const number = made++
  return {
    eventVersion: '1.09',
    userIdentity: {
      type: 'IAMUser',
      principalId: 'AIDAEXAMPLE',
      arn: 'arn:aws:iam::111122223333:user/ann',
      accountId: '111122223333',
      accessKeyId: 'AKIAEXAMPLE',
      userName: 'ann',
    },
    eventTime: at(number % 8),
    eventSource: `${service}.amazonaws.com`,
    eventName,
    awsRegion: 'eu-west-1',
    sourceIPAddress: '198.51.100.7',
    userAgent: 'aws-cli/2.15.0',
    requestParameters: null,
    responseElements: null,
    requestID: `r-${number}`,
    eventID: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: '111122223333',
    ...parts,
  }
}

const ROLE = {
  type: 'AssumedRole',
  principalId: 'AROAEXAMPLE:session',
  arn: 'arn:aws:sts::111122223333:assumed-role/deploy/session',
  accountId: '111122223333',
  accessKeyId: 'ASIAEXAMPLE',
  sessionContext: {
    sessionIssuer: { type: 'Role', arn: 'arn:aws:iam::111122223333:role/deploy', userName: 'deploy' },
    attributes: { mfaAuthenticated: 'false', creationDate: '2025-03-04T09:00:00Z' },
  },
}

function login(user: string, address: string, verdict: 'Success' | 'Failure', mfa = 'No'): JsonObject {
  const identity = { type: 'IAMUser', principalId: 'AIDA2', accountId: '111122223333', userName: user }
  return trail('ConsoleLogin', 'signin', {
    sourceIPAddress: address,
    userIdentity: { ...identity, arn: `arn:aws:iam::111122223333:user/${user}` },
    responseElements: { ConsoleLogin: verdict },
    additionalEventData: { MFAUsed: mfa },
    eventTime: at(1),
    ...(verdict === 'Failure' ? { errorMessage: 'Failed authentication' } : {}),
  })
}

const instances = {
  instancesSet: { items: [{ instanceId: 'i-0abc', imageId: 'ami-0abc', instanceType: 't3.large' }] },
}

const cloudtrail: readonly JsonObject[] = [
  trail('ModifyImageAttribute', 'ec2', {
    requestParameters: {
      launchPermission: { add: { items: [{ group: 'all' }, { userId: '444455556666' }] } },
    },
  }),
  trail('DescribeEventAggregates', 'health'),
  trail('DescribeEventAggregates', 'health', { sourceIPAddress: '203.0.113.9', eventTime: at(1) }),
  trail('CreatePolicyVersion', 'iam', {
    requestParameters: { policyDocument: '{"Statement":[{"Action":"*","Effect":"Allow"}]}' },
  }),
  trail('CreateAccessKey', 'iam', { requestParameters: { userName: 'eve' } }),
  trail('CreateLoginProfile', 'iam', { requestParameters: { userName: 'ann' } }),
  trail('UpdateLoginProfile', 'iam', { requestParameters: { userName: 'eve' } }),
  login('ann', '198.51.100.7', 'Success'),
  ...Array.from({ length: 25 }, (_, n) => login('bob', '203.0.113.50', 'Failure', n > 3 ? 'Yes' : 'No')),
  ...Array.from({ length: 4 }, (_, n) => login(`user${n}`, `203.0.113.${60 + n}`, 'Failure')),
  trail('DeleteTrail', 'cloudtrail', { requestParameters: { name: 'main' } }),
  trail('StopLogging', 'cloudtrail', { requestParameters: { name: 'main' } }),
  trail('UpdateTrail', 'cloudtrail', { requestParameters: { name: 'main' } }),
  trail('DeleteLogGroup', 'logs', { requestParameters: { logGroupName: 'app' } }),
  trail('DeleteDetector', 'guardduty'),
  trail('CreateVirtualMFADevice', 'iam', { requestParameters: { virtualMFADeviceName: 'phone' } }),
  trail('PutBucketLifecycle', 's3', {
    requestParameters: {
      bucketName: 'example-logs',
      LifecycleConfiguration: { Rule: { Expiration: { Days: 1 } } },
    },
  }),
  trail('PutBucketVersioning', 's3', {
    requestParameters: { bucketName: 'example-data', VersioningConfiguration: { Status: 'Suspended' } },
    resources: [{ ARN: 'arn:aws:s3:::example-data', type: 'AWS::S3::Bucket' }],
  }),
  trail('ModifySnapshotAttribute', 'ec2', {
    requestParameters: {
      attributeType: 'CREATE_VOLUME_PERMISSION',
      createVolumePermission: { add: { items: [{ userId: '444455556666' }] } },
    },
  }),
  trail('DescribeImageScanFindings', 'ecr', {
    requestParameters: { imageId: { imageDigest: 'sha256:0' }, repositoryName: 'app' },
    responseElements: {
      imageScanFindings: {
        findings: ['HIGH', 'MEDIUM'].map(severity => ({
          name: `CVE-${severity}`,
          severity,
          description: 'a weakness',
        })),
      },
    },
  }),
  trail('PutImage', 'ecr', {
    userIdentity: { ...ROLE, userName: 'mallory' },
    requestParameters: { repositoryName: 'app' },
  }),
  ...Array.from({ length: 30 }, (_, n) =>
    trail('GetObject', 's3', {
      requestParameters: { bucketName: 'example-data', key: `k${n}` },
      readOnly: true,
    }),
  ),
  trail('JobCreated', 's3', {
    serviceEventDetails: { jobArn: 'arn:aws:s3:eu-west-1:111122223333:job/1', status: 'New' },
    userIdentity: { accountId: '111122223333', invokedBy: 's3.amazonaws.com' },
  }),
  trail('PutBucketReplication', 's3', {
    requestParameters: {
      bucketName: 'example-data',
      ReplicationConfiguration: { Rule: { ID: 'all', Destination: { Bucket: 'arn:aws:s3:::elsewhere' } } },
    },
  }),
  trail('CreateTask', 'datasync', {
    requestParameters: {
      destinationLocationArn: 'arn:aws:datasync:::b',
      sourceLocationArn: 'arn:aws:datasync:::a',
    },
  }),
  trail('DeletePolicy', 'iam', {
    errorCode: 'AccessDenied',
    errorMessage: 'not allowed',
    requestParameters: { policyArn: 'arn:aws:iam::111122223333:policy/p' },
  }),
  trail('DeleteGroup', 'iam', {
    errorCode: 'AccessDenied',
    errorMessage: 'not allowed',
    requestParameters: { groupName: 'admins' },
  }),
  trail('DeleteGroup', 'iam', { requestParameters: { groupName: 'readers' } }),
  trail('UpdateFunctionCode20150331v2', 'lambda', { requestParameters: { functionName: 'resize' } }),
  trail('DeactivateMFADevice', 'iam', { requestParameters: { userName: 'ann' } }),
  trail('CreateNetworkAclEntry', 'ec2', {
    requestParameters: { ruleAction: 'allow', egress: false, aclProtocol: '-1', cidrBlock: '0.0.0.0/0' },
  }),
  trail('CreateNetworkAclEntry', 'ec2', {
    requestParameters: {
      ruleAction: 'allow',
      egress: false,
      aclProtocol: '6',
      cidrBlock: '0.0.0.0/0',
      portRange: { from: 1, to: 9000 },
    },
  }),
  trail('DeleteNetworkAclEntry', 'ec2', { requestParameters: { egress: false, networkAclId: 'acl-1' } }),
  trail('AssumeRoleWithSAML', 'sts', {
    requestParameters: {
      principalArn: 'arn:aws:iam::111122223333:saml-provider/idp',
      roleArn: 'arn:aws:iam::111122223333:role/a',
      roleSessionName: 'ann',
    },
    responseElements: { issuer: 'https://idp.example.com' },
  }),
  trail('CreateRole', 'iam', {
    userIdentity: ROLE,
    requestParameters: { roleName: 'next', description: 'Allows EC2' },
    responseElements: {
      role: { arn: 'arn:aws:iam::111122223333:role/next', roleName: 'next', createDate: at(2) },
    },
  }),
  trail('RunInstances', 'ec2', {
    responseElements: instances,
    requestParameters: { instanceType: 't3.large' },
  }),
  trail('AuthorizeSecurityGroupIngress', 'ec2', { requestParameters: { groupId: 'sg-1' } }),
]

/** Calls that the published searches expect under EKS's source type. */
const trailInGroups: readonly JsonObject[] = [
  trail('AttachRolePolicy', 'iam', {
    userIdentity: ROLE,
    requestParameters: { policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess', roleName: 'next' },
    errorCode: 'AccessDenied',
    errorMessage: 'not allowed to attach policy',
  }),
  trail('CreateRole', 'iam', {
    userIdentity: ROLE,
    requestParameters: { roleName: 'next', description: 'Allows EC2' },
    responseElements: { role: { arn: 'arn:aws:iam::111122223333:role/next', createDate: at(2) } },
    errorMessage: 'none',
  }),
  trail('GetSessionToken', 'sts', {
    userIdentity: {
      type: 'IAMUser',
      userName: 'ann',
      arn: 'arn:aws:iam::111122223333:user/ann',
      accessKeyId: 'ASIA EXAMPLE',
    },
  }),
].map(event => collected('aws:cloudwatchlogs:eks', event))

/** A message as a collector hands it on. */
function collected(sourcetype: string, message: JsonObject | string, more: Parts = {}): JsonObject {
  return {
    sourcetype,
    _raw: typeof message === 'string' ? message : JSON.stringify(message),
    _time: '1741082400',
    ...more,
  }
}

function entra(operationName: string, properties: Parts, parts: Parts = {}): JsonObject {
  const number = made++
  return {
    time: at(number % 8),
    resourceId: '/tenants/t-1/providers/Microsoft.aadiam',
    operationName,
    operationVersion: '1.0',
    category: 'AuditLogs',
    tenantId: 't-1',
    callerIpAddress: '198.51.100.20',
    correlationId: `c-${number}`,
    properties: {
      id: `Directory_${number}`,
      activityDisplayName: operationName,
      activityDateTime: at(number % 8),
      loggedByService: 'Core Directory',
      result: 'success',
      resultReason: 'done',
      operationType: 'Add',
      initiatedBy: {
        user: { id: 'u-1', userPrincipalName: 'admin@example.com', ipAddress: '198.51.100.20' },
      },
      additionalDetails: [{ key: 'User-Agent', value: 'Mozilla/5.0' }],
      ...properties,
    },
    ...parts,
  }
}

function target(
  type: string,
  name: string,
  ...changes: readonly (readonly [string, string, string])[]
): Json {
  const modifiedProperties = changes.map(([displayName, oldValue, newValue]) => ({
    displayName,
    oldValue,
    newValue,
  }))
  return { id: `id-${name}`, displayName: name, userPrincipalName: name, type, modifiedProperties }
}

function signin(parts: Parts = {}, envelope: Parts = {}): JsonObject {
  const number = made++
  return {
    time: at(number % 8),
    resourceId: '/tenants/t-1/providers/Microsoft.aadiam',
    operationName: 'Sign-in activity',
    category: 'SignInLogs',
    tenantId: 't-1',
    resultType: '0',
    callerIpAddress: '198.51.100.20',
    correlationId: `s-${number}`,
    identity: 'Ann',
    properties: {
      id: `s-${number}`,
      createdDateTime: at(number % 8),
      userPrincipalName: 'ann@example.com',
      userId: 'u-2',
      appId: 'a-1',
      appDisplayName: 'Microsoft Azure PowerShell',
      ipAddress: '198.51.100.20',
      status: { errorCode: 0, additionalDetails: 'MFA denied', failureReason: 'Other.' },
      userAgent: 'Mozilla/5.0',
      resourceDisplayName: 'Windows Azure Service Management API',
      resourceId: 'r-1',
      authenticationDetails: [{ succeeded: true }],
      ...parts,
    },
    ...envelope,
  }
}

const ROLE_CHANGE = (role: string): Json => [
  target('User', 'bob@example.com', ['Role.ObjectID', '', '"o-1"'], ['Role.DisplayName', '', `"${role}"`]),
]

const directory: readonly JsonObject[] = [
  entra(
    'User Risk Detection',
    {
      riskLevel: 'high',
      riskEventType: 'unfamiliarFeatures',
      activity: 'signin',
      additionalInfo: '[]',
      userPrincipalName: 'ann@example.com',
      ipAddress: '198.51.100.20',
    },
    { category: 'UserRiskEvents' },
  ),
  signin({
    status: { errorCode: 500121, additionalDetails: 'MFA denied; user declined', failureReason: 'declined' },
  }),
  signin({ authenticationProtocol: 'deviceCode' }),
  signin({ ipAddress: '203.0.113.77' }),
  signin({ status: { errorCode: 65004, failureReason: 'User declined to consent' } }),
  signin(
    { servicePrincipalName: 'robot', servicePrincipalId: 'sp-1', userPrincipalName: 'robot', appId: 'a-2' },
    { category: 'ServicePrincipalSignInLogs' },
  ),
  entra('Update authorization policy', {
    targetResources: [target('Policy', 'p', ['AllowUserConsentForRiskyApps', '[false]', '[true]'])],
  }),
  entra('Update application', {
    targetResources: [
      target('Application', 'app', [
        'RequiredResourceAccess',
        '[]',
        '[{"ResourceAppId":"00000002-0000-0ff1-ce00-000000000000","RequiredAppPermissions":[{"EntitlementId":"dc890d15-9560-4a4c-9b7f-a736ec74ec40"}]}]',
      ]),
    ],
  }),
  entra('Add member to role', { targetResources: ROLE_CHANGE('Global Administrator') }),
  entra('Add member to role', { targetResources: ROLE_CHANGE('Privileged Authentication Administrator') }),
  entra('Disable Strong Authentication', { targetResources: [target('User', 'bob@example.com')] }),
  ...[1, 2, 3, 4].flatMap(number => [
    entra('Add service principal', {
      targetResources: [target('ServicePrincipal', `app${number}`)],
      initiatedBy: { app: { appId: 'a-9', displayName: 'maker' } },
    }),
    entra('Add service principal', { targetResources: [target('ServicePrincipal', `own${number}`)] }),
  ]),
  entra('Set domain authentication', { targetResources: [target('Domain', 'example.org')] }),
  entra('Update user', {
    targetResources: [
      target('User', 'bob@example.com', ['StrongAuthenticationMethod', '[]', '[{"MethodType":6}]']),
    ],
  }),
  entra('Update user', {
    targetResources: [target('User', 'bob@example.com', ['SourceAnchor', '[]', '["x"]'])],
  }),
  entra('User registered security info', { targetResources: [target('User', 'bob@example.com')] }),
  entra('Consent to application', {
    targetResources: [
      target(
        'ServicePrincipal',
        'app',
        ['a', '', '1'],
        ['b', '', '2'],
        ['c', '', '3'],
        ['d', '', '4'],
        [
          'ConsentAction.Permissions',
          '',
          '[] => [[Id: x, ConsentType: AllPrincipals, Scope: Mail.Read, CreatedDateTime: ]]',
        ],
      ),
    ],
  }),
  entra('Add member to role completed (PIM activation)', {
    targetResources: [target('User', 'bob@example.com')],
  }),
  entra('Add owner to application', {
    targetResources: [
      target(
        'User',
        'bob@example.com',
        ['Application.ObjectID', '', '"o"'],
        ['Application.DisplayName', '', '"app"'],
      ),
    ],
  }),
  entra('Enable account', { targetResources: [target('User', 'bob@example.com')], activityDateTime: at(4) }),
  entra('Reset password (by admin)', {
    targetResources: [target('User', 'bob@example.com')],
    activityDateTime: at(5),
  }),
]

function activity(label: string, path: string): JsonObject {
  const number = made++
  const scope = `/subscriptions/0000/resourceGroups/rg/providers/Microsoft.Automation/${path}`
  return {
    authorization: { action: 'Microsoft.Automation/write', scope },
    caller: 'admin@example.com',
    claims: { ipaddr: '198.51.100.30', name: 'Admin' },
    correlationId: `a-${number}`,
    eventDataId: `e-${number}`,
    eventTimestamp: at(number % 8),
    operationName: { value: 'Microsoft.Automation/automationAccounts/write', localizedValue: label },
    category: { value: 'Administrative', localizedValue: 'Administrative' },
    status: { value: 'Succeeded', localizedValue: 'Succeeded' },
    resourceGroupName: 'rg',
    resourceId: scope,
  }
}

const activities: readonly JsonObject[] = [
  activity('Create or Update an Azure Automation account', 'automationAccounts/accounts1'),
  activity('Create or Update an Azure Automation webhook', 'automationAccounts/accounts1/webhooks/hook'),
]

function office(Operation: string, parts: Parts = {}, Workload = 'AzureActiveDirectory'): JsonObject {
  const number = made++
  return {
    CreationTime: at(number % 8).replace('Z', ''),
    Id: `office-${number}`,
    Operation,
    OrganizationId: 'org-1',
    RecordType: 8,
    ResultStatus: 'Success',
    UserKey: 'key',
    UserType: 0,
    Version: 1,
    Workload,
    ClientIP: '198.51.100.40:50123',
    ObjectId: 'bob@example.com',
    UserId: 'admin@example.com',
    ExtendedProperties: [{ Name: 'additionalDetails', Value: '{"User-Agent":"Mozilla/5.0"}' }],
    ...parts,
  }
}

function changed(...changes: readonly (readonly [string, string, string])[]): Parts {
  return { ModifiedProperties: changes.map(([Name, OldValue, NewValue]) => ({ Name, OldValue, NewValue })) }
}

function given(parameters: { readonly [name: string]: string }): Parts {
  return { Parameters: Object.entries(parameters).map(([Name, Value]) => ({ Name, Value })) }
}

const ACTOR: Parts = {
  Actor: [
    { ID: 'admin@example.com', Type: 5 },
    { ID: 'key', Type: 3 },
    { ID: 'User_1', Type: 2 },
  ],
  Target: [
    { ID: 'User_2', Type: 2 },
    { ID: '2', Type: 2 },
    { ID: 'User', Type: 2 },
  ],
}

const mail: Parts = {
  AppId: '00000003-0000-0000-c000-000000000000',
  ClientAppId: 'app-1',
  ClientInfoString: 'Client=WebServices;ExchangeWebServices',
  ClientIPAddress: '198.51.100.41',
  OperationCount: 3,
}

const alert = (Name: string, Data: Parts): JsonObject =>
  office(
    'AlertEntityGenerated',
    { Name, AlertId: 'alert-1', Data: JSON.stringify(Data) },
    'SecurityComplianceCenter',
  )

const folder = (name: string, who: string): Parts => ({
  Item: { ParentFolder: { Name: name, MemberUpn: who, MemberRights: 'ReadAny' } },
  MailboxOwnerUPN: 'bob@example.com',
})

const microsoft365: readonly JsonObject[] = [
  office('Add app role assignment grant to user.', { ...ACTOR, ...changed(['AppRole.Id', '', 'x']) }),
  office('Add service principal.', { ...ACTOR, ...changed(['AccountEnabled', '[]', '[true]']) }),
  office('Change user license.', {
    ExtendedProperties: [
      { Name: 'additionalDetails', Value: 'OldValue x NewValue DisabledPlans=[M365_ADVANCED_AUDITING]' },
      { Name: 'extendedAuditEventCategory', Value: 'User' },
    ],
  }),
  office('Change user license.', {
    ExtendedProperties: [
      { Name: 'x', Value: 'NewValue DisabledPlans=[M365_ADVANCED_AUDITING]' },
      { Name: 'extendedAuditEventCategory', Value: 'y' },
    ],
  }),
  office(
    'Add owner to application.',
    changed(['Application.ObjectID', '', 'o'], ['Application.DisplayName', '', 'app']),
  ),
  office(
    'New-ManagementRoleAssignment',
    given({ Role: 'ApplicationImpersonation', User: 'eve' }),
    'Exchange',
  ),
  office(
    'Set Company Information.',
    changed(['StrongAuthenticationPolicy', '10.0.0.0/8', '10.0.0.0/8 203.0.113.0/24']),
  ),
  office('UserLoggedIn', { SessionId: 'session-1' }),
  office('UserLoggedIn', { SessionId: 'session-1', ClientIP: '[2001:db8::1]:443' }),
  office('Disable Strong Authentication.'),
  office(
    'DLPRuleMatch',
    {
      ExchangeMetaData: { To: ['x@example.org'], UniqueID: 'u', Subject: 's' },
      PolicyDetails: [
        {
          Rules: [
            {
              RuleName: 'cards',
              Actions: ['Halt'],
              ConditionsMatched: {
                SensitiveInformation: [{ SensitiveInformationTypeName: 'Card', Location: 'Attachment' }],
              },
            },
          ],
        },
      ],
    },
    'Exchange',
  ),
  office(
    'AdminMailAccess',
    { InternetMessageId: 'm-1', MailboxId: 'bob@example.com' },
    'SecurityComplianceCenter',
  ),
  office(
    'AdminSubmission',
    {
      RescanVerdict: 'Phish',
      Subject: 's',
      SenderIP: '203.0.113.1',
      P1Sender: 'a@example.org',
      P2Sender: 'a@example.org',
      Recipients: ['bob@example.com'],
    },
    'SecurityComplianceCenter',
  ),
  office('Set-AntiPhishPolicy', given({ Identity: 'default', Enabled: 'False' }), 'Exchange'),
  alert('Suspicious Email Forwarding Activity', { etype: 'User' }),
  alert('Email messages containing malicious URL removed after delivery', {
    zu: 'http://a.example;http://b.example',
    zfn: 'f',
    ms: 's',
    ttr: 'Success',
    tsd: 'a@example.org',
    trc: 'bob@example.com',
  }),
  ...[1, 2, 3, 4, 5].map(() =>
    office('UserLoginFailed', {
      LogonError: 'SsoArtifactExpired',
      ErrorNumber: '50126',
      UserAgent: 'Mozilla/5.0',
    }),
  ),
  ...Array.from({ length: 25 }, (_, n) =>
    office('UserLoginFailed', {
      LogonError: 'InvalidUserNameOrPassword',
      ErrorNumber: '50126',
      UserId: `user${n}@example.com`,
      ClientIP: n < 12 ? '203.0.113.5' : `203.0.113.${n}`,
      CreationTime: at(1).replace('Z', ''),
      UserAgent: 'curl',
    }),
  ),
  ...Array.from({ length: 12 }, (_, n) =>
    office('UserLoginFailed', {
      LogonError: 'InvalidUserNameOrPassword',
      ErrorNumber: '50126',
      UserId: `more${n}@example.com`,
      ClientIP: `192.0.2.${n}`,
      CreationTime: at(2).replace('Z', ''),
      UserAgent: 'curl',
    }),
  ),
  office('Add member to role.', {
    ...ACTOR,
    ...changed(
      ['Role.ObjectID', '', 'o'],
      ['Role.DisplayName', '', 'Global Administrator'],
      ['Role.TemplateId', '', '62e90394-69f5-4237-9190-012177145e10'],
    ),
  }),
  office('Set-Mailbox', given({ Identity: 'bob', ForwardingSmtpAddress: 'smtp:x@example.org' }), 'Exchange'),
  office('ModifyFolderPermissions', folder('Inbox', 'Everyone'), 'Exchange'),
  office(
    'Update application.',
    changed([
      'RequiredResourceAccess',
      '[]',
      '[{"RequiredAppPermissions":[{"EntitlementId":"810c84a8-4a9e-49e6-bf7d-12d183f40d01"}]}]',
    ]),
  ),
  office('New-TransportRule', given({ Name: 'copy all', BlindCopyTo: 'x@example.org' }), 'Exchange'),
  office('Update user.', changed(['StrongAuthenticationMethod', '[]', '[{"MethodType":6}]'])),
  office('MailItemsAccessed', mail, 'Exchange'),
  office(
    'AlertTriggered',
    {
      Name: 'Suspicious',
      Category: 'ThreatManagement',
      Data: '{"f3u":"bob@example.com","op":"x","rid":"1","ad":"d","lon":"l","an":"n","sev":"High"}',
    },
    'SecurityComplianceCenter',
  ),
  office('FileMalwareDetected', { SourceFileName: 'a.exe', VirusInfo: 'EICAR' }, 'SharePoint'),
  office(
    'TIMailData',
    {
      DeliveryAction: 'Delivered',
      Directionality: 'InBound',
      P1Sender: 'a@example.org',
      P2Sender: 'a@example.org',
      Recipients: ['bob@example.com'],
      SenderIp: '203.0.113.1',
      Subject: 's',
      SystemOverrides: [{ Details: 'd' }],
      LatestDeliveryLocation: 'Inbox',
      ThreatsAndDetectionTech: ['x'],
      AttachmentData: [{ FileName: 'f', FileType: 't', SHA256: '0' }],
      DetectionMethod: 'm',
    },
    'ThreatIntelligence',
  ),
  office(
    'AtpDetection',
    { DetectionMethod: 'm', FileData: { FileName: 'f', FilePath: 'p', FileSize: 1, MalwareFamily: 'x' } },
    'ThreatIntelligence',
  ),
  office('Consent to application.', {
    ResultStatus: 'Failure',
    ...changed(
      ['a', '', '1'],
      ['b', '', '2'],
      ['c', '', '3'],
      ['d', '', '4'],
      ['e', '', 'Scope: Mail.Read, x'],
      ['f', '', 'Risky application detected'],
    ),
  }),
]

const graph: readonly JsonObject[] = [
  {
    id: 'g-1',
    createdDateTime: at(1),
    userPrincipalName: 'bob@example.com',
    appId: 'a-1',
    appDisplayName: 'app',
    ipAddress: '198.51.100.20',
    status: { errorCode: 65004, failureReason: 'declined' },
  },
]

function cluster(verb: string, parts: Parts = {}): JsonObject {
  const number = made++
  return {
    kind: 'Event',
    apiVersion: 'audit.k8s.io/v1',
    level: 'RequestResponse',
    auditID: `k-${number}`,
    stage: 'ResponseComplete',
    requestURI: '/api/v1/pods',
    verb,
    user: { username: 'system:anonymous', uid: 'u', groups: ['system:unauthenticated'] },
    sourceIPs: ['198.51.100.60'],
    userAgent: 'kubectl/v1.29',
    objectRef: { resource: 'pods', namespace: 'default', name: 'p', apiVersion: 'v1' },
    responseStatus: { code: 200, reason: 'OK' },
    requestReceivedTimestamp: at(number % 8),
    ...parts,
  }
}

const kubernetes: readonly JsonObject[] = [
  cluster('list'),
  cluster('get', {
    objectRef: { resource: 'secrets', namespace: 'default', name: 's' },
    requestURI: '/api/v1/namespaces/default/secrets/s',
  }),
  cluster('create', {
    requestObject: {
      kind: 'Pod',
      metadata: {
        annotations: {
          'kubectl.kubernetes.io/last-applied-configuration': '{"securityContext":{"privileged":true}}',
        },
      },
    },
  }),
]

const google: readonly JsonObject[] = [
  {
    data: {
      insertId: 'g-1',
      logName: 'projects/example/logs/cloudaudit.googleapis.com%2Factivity',
      timestamp: at(1),
      resource: { type: 'gcs_bucket', labels: { project_id: 'example', location: 'eu' } },
      protoPayload: {
        '@type': 'type.googleapis.com/google.cloud.audit.AuditLog',
        serviceName: 'storage.googleapis.com',
        methodName: 'storage.setIamPermissions',
        resourceName: 'projects/_/buckets/example',
        resourceLocation: { currentLocations: ['eu'] },
        authenticationInfo: { principalEmail: 'ann@example.com' },
        requestMetadata: { callerIp: '198.51.100.70', callerSuppliedUserAgent: 'gcloud' },
        serviceData: {
          policyDelta: {
            bindingDeltas: [{ action: 'ADD', member: 'allUsers', role: 'roles/storage.objectViewer' }],
          },
        },
      },
    },
  },
  {
    insertId: 'g-2',
    logName: 'projects/example/logs/cloudaudit.googleapis.com%2Factivity',
    timestamp: at(2),
    resource: { type: 'cloud_function', labels: { project_id: 'example' } },
    protoPayload: {
      '@type': 'type.googleapis.com/google.cloud.audit.AuditLog',
      serviceName: 'cloudfunctions.googleapis.com',
      methodName: 'google.cloud.functions.v1.CloudFunctionsService.CreateFunction',
      authenticationInfo: { principalEmail: 'ann@example.com' },
      authorizationInfo: [{ permission: 'cloudfunctions.functions.create', granted: true }],
      requestMetadata: { callerIp: '198.51.100.70', callerSuppliedUserAgent: 'gcloud' },
      request: {
        location: 'projects/example/locations/eu',
        function: { timeout: '539s', serviceAccountEmail: 'a@example.iam.gserviceaccount.com' },
      },
    },
  },
]

const odd: readonly JsonObject[] = [
  collected(
    'google:gcp:pubsub:message',
    'c_ip_ cs_method_ cs_uri_ cs_object_ sc_status_\n198.51.100.70 GET /a example "200"',
  ),
  collected('google:gcp:pubsub:message', {
    category: 'kube-audit',
    properties: {
      pod: 'p',
      log: JSON.stringify({
        verb: 'list',
        requestURI: '/',
        userAgent: 'curl',
        sourceIPs: ['198.51.100.1'],
        responseStatus: { code: 401, reason: 'Unauthorized' },
      }),
    },
  }),
]

function workspace(
  applicationName: string,
  name: string,
  parameters: readonly Json[],
  address = '198.51.100.80',
  email = 'ann@example.com',
): JsonObject {
  const number = made++
  return {
    kind: 'admin#reports#activity',
    id: { time: at(1), uniqueQualifier: String(number), applicationName, customerId: 'C01' },
    actor: { email, profileId: '1' },
    ipAddress: address,
    events: [{ type: applicationName === 'login' ? 'login' : 'USER_SETTINGS', name, parameters }],
  }
}

const shared = (target: string): Json[] => [
  { name: 'owner', value: 'ann@internal_test_email.com' },
  { name: 'doc_title', value: 'invoice 7' },
  { name: 'doc_type', value: 'pdf' },
  { name: 'doc_id', value: 'd-1' },
  { name: 'visibility', value: 'shared_externally' },
  { name: 'owner_is_team_drive', boolValue: false },
  { name: 'target_user', value: target },
]

const letter = (from: string, to: string): Parts => ({
  num_message_attachments: 1,
  subject: 'your invoice',
  attachment: [{ file_extension_type: 'zip', sha256: '0' }],
  payload_size: 10,
  is_spam: false,
  link_domain: ['pastebin.com'],
  source: { address: from, from_header_address: from },
  destination: [{ address: to, service: 'gmail' }],
  event_info: { timestamp_usec: 1_741_082_400_000_000 },
})

const suite: readonly JsonObject[] = [
  workspace('admin', 'UNENROLL_USER_FROM_STRONG_AUTH', [{ name: 'USER_EMAIL', value: 'bob@example.com' }]),
  workspace('login', 'login_success', [
    { name: 'login_type', value: 'google_password' },
    { name: 'login_challenge_method', multiValue: ['password'] },
  ]),
  ...Array.from({ length: 12 }, (_, n) =>
    workspace(
      'login',
      'login_failure',
      [{ name: 'login_challenge_method', multiValue: ['password'] }],
      '203.0.113.80',
      `u${n}@example.com`,
    ),
  ),
  ...[90, 91, 92, 93, 94, 95, 96, 97, 98, 99, 100, 101].map(last =>
    workspace('login', 'login_failure', [], `203.0.113.${last}`),
  ),
  workspace('drive', 'change_user_access', shared('x@example.org')),
  workspace('drive', 'change_user_access', [
    { name: 'owner', value: 'x@example.org' },
    ...shared('bob@internal_test_email.com').slice(1),
  ]),
  letter('x@example.org', 'bob@internal_test_email.com'),
  letter('bob@internal_test_email.com', 'x@example.org'),
]

const others: readonly JsonObject[] = [
  ...[1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 3, 4, 5, 6, 7].map(who =>
    collected('aws:securityhub:finding', {
      findings: [{ Resources: [{ Type: 'AwsIamUser', Id: `u${who}` }] }],
    }),
  ),
  collected('aws:firehose:json', {
    branches: [{ name: 'main' }],
    commit: {
      commit: { author: { email: 'a@example.com' }, message: 'm', committer: { date: at(1) } },
      author: { login: 'ann' },
    },
    repository: { pushed_at: at(1), full_name: 'example/app' },
  }),
  collected('aws:firehose:json', {
    check_suite: {
      pull_requests: [{ id: 1, head: { ref: 'r' } }],
      head_commit: { author: { name: 'ann' }, message: 'm' },
    },
    repository: { full_name: 'example/app' },
  }),
  collected(
    'kube:container:falco',
    '12:18:18.1: Notice A shell was spawned in a container (user=root process=bash proc_exepath=/bin/bash parent=runc container_image=app container_image_tag=1 container_name=app)',
  ),
  collected('circleci', { workflows: { workflow_name: 'deploy' }, job_name: 'build' }),
]

/** Events for the published searches, by a word that tells whose logs a search is about. */
export const EVENTS: { readonly [macro: string]: readonly JsonObject[] } = {
  cloudtrail,
  amazon_security_lake: cloudtrail,
  aws_cloudwatchlogs_eks: [...kubernetes, ...trailInGroups],
  azure_monitor_aad: directory,
  azure_audit: activities,
  o365_management_activity: microsoft365,
  o365_graph: graph,
  kube_audit: kubernetes,
  google_gcp_pubsub_message: [...google, ...odd],
  gws_reports_admin: suite,
  gws_reports_login: suite,
  gsuite_drive: suite,
  gsuite_gmail: suite,
  gsuite_calendar: suite,
  aws_securityhub_finding: others,
  github: others,
  kube_container_falco: others,
  circleci: others,
}
