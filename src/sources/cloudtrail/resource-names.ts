/** How a request parameter names what is acted upon: by a name or ARN of its own, or as a bucket. */
export type Naming = 'name' | 'bucket'

const BUCKETS = ['bucketName', 's3BucketName', 'bucket']

const NAMES = [
  // Identities and their credentials
  ...['roleArn', 'roleName', 'userName', 'groupName', 'policyArn', 'policyName', 'instanceProfileName'],
  ...['accessKeyId', 'serialNumber', 'sAMLProviderArn', 'openIDConnectProviderArn', 'serverCertificateName'],
  ...['userPoolId', 'identityPoolId', 'trustAnchorId', 'profileArn', 'permissionSetArn', 'instanceArn'],
  // Compute
  ...['instanceId', 'imageId', 'snapshotId', 'volumeId', 'launchTemplateId', 'launchTemplateName', 'keyName'],
  ...['functionName', 'layerName', 'clusterName', 'repositoryName', 'taskDefinition', 'autoScalingGroupName'],
  ...['stackName', 'documentName', 'target', 'associationId', 'modelId', 'guardrailIdentifier'],
  // Networks
  ...[
    'vpcId',
    'subnetId',
    'groupId',
    'networkAclId',
    'routeTableId',
    'internetGatewayId',
    'networkInterfaceId',
  ],
  ...[
    'vpcEndpointId',
    'hostedZoneId',
    'resolverQueryLogConfigId',
    'loadBalancerArn',
    'distributionId',
    'webACLArn',
  ],
  // Data
  ...['dBInstanceIdentifier', 'dBClusterIdentifier', 'dBSnapshotIdentifier', 'dBClusterSnapshotIdentifier'],
  ...[
    'targetDBSnapshotIdentifier',
    'targetDBInstanceIdentifier',
    'dBSecurityGroupName',
    'tableName',
    'fileSystemId',
  ],
  ...['queueUrl', 'topicArn', 'streamName', 'deliveryStreamName', 'databaseName', 'workGroup', 'domainName'],
  ...['backupVaultName', 'recoveryPointArn', 'secretId', 'keyId', 'aliasName', 'targetKeyId', 'identity'],
  // Watching
  ...['trailName', 'trailARN', 'eventDataStore', 'logGroupName', 'logStreamName', 'alarmName', 'detectorId'],
  ...[
    'configRuleName',
    'configurationRecorderName',
    'deliveryChannelName',
    'ruleName',
    'hubArn',
    'analyzerName',
  ],
  // Whatever the service is about
  ...['name', 'resourceArn', 'resourceARN', 'resourceId', 'arn'],
]

/** Request parameters that name a resource. One more is one word more above. */
export const NAMINGS: ReadonlyMap<string, Naming> = new Map<string, Naming>([
  ...BUCKETS.map(name => [name, 'bucket'] as const),
  ...NAMES.map(name => [name, 'name'] as const),
])

/** Lists of names. */
export const NAME_LISTS: ReadonlySet<string> = new Set([
  ...['instanceIds', 'trailNameList', 'names', 'secretIdList', 'logGroupNames', 'alarmNames', 'resourceArns'],
  ...['volumeIds', 'snapshotIds', 'imageIds', 'vpcEndpointIds', 'groupIds', 'detectorIds', 'resourceIdList'],
])

/** EC2's sets, `{"items":[{"instanceId":"i-…"}]}`: the first of these members that an item has names the resource. */
export const SETS: ReadonlyMap<string, readonly string[]> = new Map([
  ['instancesSet', ['instanceId', 'imageId']],
  ['imagesSet', ['imageId']],
  ['snapshotSet', ['snapshotId']],
  ['volumeSet', ['volumeId']],
  ['resourcesSet', ['resourceId']],
  ['groupSet', ['groupId']],
  ['securityGroupIdSet', ['groupId']],
  ['securityGroupSet', ['groupName']],
  ['vpcSet', ['vpcId']],
  ['subnetSet', ['subnetId']],
  ['networkInterfaceIdSet', ['networkInterfaceId']],
  ['networkAclIdSet', ['networkAclId']],
  ['routeTableIdSet', ['routeTableId']],
  ['keySet', ['keyName']],
])
