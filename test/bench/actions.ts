import type { Shape } from './parameters.ts'

/** A call on the control plane: the service's short name, its action, and what its parameters look like. */
export interface Action {
  readonly service: string
  readonly name: string
  readonly shape: Shape
}

/** The everyday calls, the most frequent first. */
export const COMMON_ACTIONS = actions(
  'sts AssumeRole assume; kms Decrypt key; kms GenerateDataKey key; ec2 DescribeInstances instances; ' +
    'logs CreateLogStream log-stream; sts GetCallerIdentity none; secretsmanager GetSecretValue secret; ' +
    'ec2 DescribeVolumes filters; ssm UpdateInstanceInformation instance; dynamodb GetItem item; ' +
    'dynamodb PutItem item; lambda Invoke function; ec2 DescribeNetworkInterfaces filters; ssm GetParameter parameter; ' +
    'monitoring GetMetricData metrics; ecr GetAuthorizationToken none; ecs DescribeTasks cluster; ' +
    'elasticloadbalancing DescribeTargetHealth target; autoscaling DescribeAutoScalingGroups page; ' +
    'sts AssumeRoleWithWebIdentity assume; iam GetRole role; s3 GetBucketAcl bucket; s3 ListBuckets none; ' +
    'ec2 DescribeSecurityGroups filters; ec2 DescribeSubnets filters; ec2 DescribeVpcs filters; ' +
    'sqs ReceiveMessage queue; kms Encrypt key; ecr BatchGetImage image; ecs RunTask cluster; ' +
    'rds DescribeDBInstances database; iam ListRoles page; iam ListAttachedRolePolicies role; eks DescribeCluster cluster; ' +
    'cloudformation DescribeStacks stack; ec2 DescribeImages images; ec2 DescribeTags filters; ' +
    'ec2 DescribeSnapshots filters; config PutEvaluations evaluations; config DescribeConfigRules page; ' +
    'sns Publish topic; sns ListSubscriptionsByTopic topic; monitoring DescribeAlarms page; ' +
    'monitoring PutMetricAlarm alarm; logs DescribeLogGroups log-group; logs DescribeLogStreams log-stream; ' +
    'logs StartQuery log-group; kinesis DescribeStreamSummary stream; kinesis GetShardIterator stream; ' +
    'firehose DescribeDeliveryStream stream; glue GetTable database; glue GetPartitions database; ' +
    'glue GetDatabases page; athena StartQueryExecution query; athena GetQueryExecution query; ' +
    'athena GetQueryResults query; states StartExecution execution; states DescribeExecution execution; ' +
    'ssm DescribeInstanceInformation filters; ssm GetParametersByPath parameter; ssm ListAssociations page; ' +
    'ssm GetDocument parameter; secretsmanager DescribeSecret secret; secretsmanager ListSecrets page; ' +
    'iam ListUsers page; iam GetUser user; iam ListAccessKeys user; iam GetAccessKeyLastUsed user; ' +
    'iam ListMFADevices user; iam ListGroupsForUser user; iam GetPolicyVersion policy; iam GetPolicy policy; ' +
    'iam ListPolicies page; iam GetAccountSummary none; iam GenerateServiceLastAccessedDetails policy; ' +
    's3 GetBucketLocation bucket; s3 GetBucketPolicy bucket; s3 GetBucketVersioning bucket; s3 GetBucketTagging bucket; ' +
    's3 GetBucketPublicAccessBlock bucket; s3 GetBucketEncryption bucket; ec2 RunInstances run-instances; ' +
    'ec2 TerminateInstances instances; ec2 CreateTags tags; ec2 CreateNetworkInterface network; ' +
    'ec2 DeleteNetworkInterface network; ec2 AttachVolume volume; ec2 CreateVolume volume; ec2 CreateSnapshot volume; ' +
    'ec2 DescribeRouteTables filters; ec2 DescribeNatGateways filters; ec2 DescribeRegions none; ' +
    'ec2 DescribeAvailabilityZones filters; ec2 DescribeInstanceStatus instances; ec2 DescribeKeyPairs filters; ' +
    'ec2 DescribeLaunchTemplates filters; elasticloadbalancing DescribeLoadBalancers page; ' +
    'elasticloadbalancing RegisterTargets target; autoscaling UpdateAutoScalingGroup page; ' +
    'route53 ListHostedZones page; route53 ChangeResourceRecordSets zone; cloudfront ListDistributions page; ' +
    'cloudfront CreateInvalidation zone; acm DescribeCertificate certificate; acm ListCertificates page; ' +
    'wafv2 GetWebACL page; apigateway GetRestApis page; lambda GetFunction20150331v2 function; ' +
    'lambda ListFunctions20150331 page; lambda UpdateFunctionCode20150331v2 function; ecs DescribeServices cluster; ' +
    'ecs UpdateService cluster; ecs ListTasks cluster; ecs RegisterTaskDefinition task; ecr PutImage image; ' +
    'ecr DescribeRepositories page; eks ListClusters page; rds DescribeDBClusters database; rds CreateDBSnapshot database; ' +
    'dynamodb DescribeTable item; dynamodb Query item; elasticache DescribeCacheClusters page; es DescribeDomain cluster; ' +
    'redshift DescribeClusters page; elasticmapreduce DescribeCluster cluster; sagemaker DescribeEndpoint cluster; ' +
    'bedrock InvokeModel model; backup StartBackupJob volume; backup ListBackupJobs page; events PutEvents event; ' +
    'events PutRule event; sqs GetQueueAttributes queue; cloudtrail DescribeTrails trail; cloudtrail LookupEvents page; ' +
    'cloudtrail GetTrailStatus trail; guardduty ListFindings page; guardduty GetFindings page; ' +
    'securityhub GetFindings filters; securityhub BatchImportFindings evaluations; inspector2 ListFindings page; ' +
    'access-analyzer ListFindings page; organizations DescribeOrganization none; organizations ListAccounts page; ' +
    'ce GetCostAndUsage cost; health DescribeEvents page; support DescribeTrustedAdvisorChecks page; ' +
    'servicequotas ListServiceQuotas page; tagging GetResources tags; signin ConsoleLogin login; ' +
    'cloudformation UpdateStack stack; cloudformation DescribeStackEvents stack; codebuild StartBuild execution; ' +
    'codepipeline GetPipelineState execution; ds DescribeDirectories page; transfer ListServers page',
)

/** What rules care for and what happens seldom in a healthy organisation; each about as often as the next. */
export const RARE_ACTIONS = actions(
  'iam CreateUser user; iam DeleteUser user; iam CreateAccessKey user; iam DeleteAccessKey user; iam CreateLoginProfile user; ' +
    'iam AttachUserPolicy policy; iam AttachRolePolicy policy; iam PutRolePolicy document; iam PutUserPolicy document; ' +
    'iam UpdateAssumeRolePolicy document; iam CreateRole document; iam CreatePolicyVersion document; ' +
    'iam AddUserToGroup user; iam DeactivateMFADevice user; s3 PutBucketPolicy bucket-policy; ' +
    's3 DeleteBucketPolicy bucket; s3 PutBucketAcl bucket; s3 CreateBucket bucket; s3 DeleteBucket bucket; ' +
    's3 PutBucketLifecycle bucket; ec2 AuthorizeSecurityGroupIngress ingress; ec2 RevokeSecurityGroupIngress ingress; ' +
    'ec2 ModifySnapshotAttribute share; ec2 ModifyImageAttribute share; ec2 ModifyInstanceAttribute instance; ' +
    'ec2 CreateKeyPair network; ec2 DeleteFlowLogs network; ec2 GetPasswordData instance; ' +
    'rds ModifyDBSnapshotAttribute database; rds ModifyDBInstance database; kms ScheduleKeyDeletion key; kms DisableKey key; ' +
    'cloudtrail UpdateTrail trail; cloudtrail PutEventSelectors trail; lambda AddPermission20150331v2 function; ' +
    'ssm SendCommand instance; ssm StartSession instance; secretsmanager DeleteSecret secret; guardduty UpdateDetector page; ' +
    'config StopConfigurationRecorder page; organizations CreateAccount none; ecs ExecuteCommand cluster',
)

/** What rules care for and nobody in the generated organisation does. */
export const ABSENT_ACTIONS = actions(
  'cloudtrail StopLogging trail; cloudtrail DeleteTrail trail; guardduty DeleteDetector page; config DeleteConfigurationRecorder page; ' +
    'ec2 ReplaceIamInstanceProfileAssociation instance; ec2 EnableSerialConsoleAccess none; ec2 DeleteSnapshot volume; ' +
    'iam DeleteAccountPasswordPolicy none; iam CreateSAMLProvider none; iam UpdateLoginProfile user; iam PutUserPermissionsBoundary policy; ' +
    's3 PutBucketReplication bucket; s3 PutBucketWebsite bucket; s3 DeletePublicAccessBlock bucket; rds DeleteDBCluster database; ' +
    'rds StartExportTask database; organizations LeaveOrganization none; kms PutKeyPolicy key; lambda CreateFunctionUrlConfig function; ' +
    'route53 TransferDomainToAnotherAwsAccount zone; ssm PutDocument parameter; elasticfilesystem DeleteMountTarget network; ' +
    'securityhub DisableSecurityHub none; wafv2 DeleteWebACL page; macie2 DisableMacie none; eks CreateAccessEntry cluster',
)

/** Services without regions: all their calls are logged in us-east-1. */
export const GLOBAL_SERVICES: ReadonlySet<string> = new Set([
  'iam',
  'organizations',
  'route53',
  'cloudfront',
  'health',
  'support',
  'ce',
  'signin',
])

function actions(table: string): readonly Action[] {
  return table.split('; ').map(line => {
    const [service = '', name = '', shape = ''] = line.split(' ')
    return { service, name, shape: shape as Shape }
  })
}
