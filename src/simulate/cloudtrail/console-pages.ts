import type { JsonObject } from '../../core/json.ts'

/** A page of the console, and what it reads when it is opened. */
export interface Page {
  readonly name: string
  readonly reads: readonly Read[]
  /** Of a service that has no regions. */
  readonly global?: true
}

export interface Read {
  readonly service: string
  readonly action: string
  readonly request?: JsonObject
}

const MANY = { maxResults: 1000 }

/** Pages that people open, the favourites first. */
export const PAGES: readonly Page[] = [
  page(
    'instances',
    'ec2',
    'DescribeInstances DescribeInstanceStatus DescribeTags DescribeAddresses DescribeSecurityGroups DescribeVolumes',
    { filterSet: {} },
  ),
  page('home', 'health', 'DescribeEventAggregates', { aggregateField: 'eventTypeCategory' }),
  page(
    'network',
    'ec2',
    'DescribeVpcs DescribeSubnets DescribeRouteTables DescribeInternetGateways DescribeNatGateways DescribeNetworkAcls DescribeVpcEndpoints DescribeDhcpOptions DescribeNetworkInterfaces',
  ),
  global(
    'users',
    'iam',
    'ListUsers ListAccessKeys GetAccessKeyLastUsed ListMFADevices ListGroupsForUser GetLoginProfile',
  ),
  page('images', 'ec2', 'DescribeImages DescribeSnapshots DescribeAvailabilityZones', {
    ownersSet: { items: [{ owner: 'self' }] },
  }),
  page(
    'buckets',
    's3',
    'ListBuckets GetAccountPublicAccessBlock GetBucketAcl GetBucketPublicAccessBlock ListAccessPoints',
  ),
  page(
    'wizard',
    'ec2',
    'DescribeImages DescribeInstanceTypes DescribeKeyPairs DescribeSecurityGroups DescribeVpcs DescribeSubnets DescribeInstanceTypeOfferings DescribeLaunchTemplates',
  ),
  page('alarms', 'monitoring', 'DescribeAlarms ListMetrics', MANY),
  page('logs', 'logs', 'DescribeLogGroups DescribeMetricFilters', { limit: 50 }),
  global('costs', 'ce', 'GetCostAndUsage GetCostForecast'),
  page('secrets', 'secretsmanager', 'ListSecrets', { maxResults: 100 }),
  page('keys', 'kms', 'ListAliases DescribeKey'),
  page('databases', 'rds', 'DescribeDBInstances DescribeDBSnapshots DescribeDBClusters', { maxRecords: 100 }),
  page('functions', 'lambda', 'ListFunctions20150331 GetAccountSettings20160819'),
  page('stacks', 'cloudformation', 'ListStacks DescribeStacks'),
  page('balancers', 'elasticloadbalancing', 'DescribeLoadBalancers DescribeTargetGroups', { pageSize: 100 }),
  page('groups', 'autoscaling', 'DescribeAutoScalingGroups DescribeLaunchConfigurations', {
    maxRecords: 100,
  }),
  page('threats', 'guardduty', 'ListDetectors ListFindings'),
  global('roles', 'iam', 'ListRoles GetRole ListAttachedRolePolicies ListRolePolicies GetInstanceProfile'),
]

function page(name: string, service: string, actions: string, request?: JsonObject): Page {
  const reads = actions
    .split(' ')
    .map(action => ({ service, action, ...(request === undefined ? {} : { request }) }))
  return { name, reads }
}

function global(name: string, service: string, actions: string): Page {
  return { ...page(name, service, actions), global: true }
}
