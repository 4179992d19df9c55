import type { Action } from './actions.ts'
import type { Constants } from './constants.ts'
import type { Shape } from './parameters.ts'

/** What a generated rule is an example of. */
export type Family = 'pattern' | 'nested' | 'negated' | 'unindexed' | 'keyword' | 'equality'

/** The detection section: each selection with its lines of YAML. */
export interface Detection {
  readonly selections: { readonly [name: string]: readonly string[] }
  readonly condition: string
}

type Template = (constants: Constants) => Detection

/** The forms in which each family is written. */
export const FAMILIES: Readonly<Record<Family, readonly Template[]>> = {
  pattern: [
    of => one(...onObject(of), inBusyBucket(of), `requestParameters.key|endswith: '${of.extension()}'`),
    of =>
      one(
        ...onObject(of),
        'requestParameters.key|startswith:',
        `    - 'exports/${of.team()}/${of.jobs()}'`,
        `    - '${of.team()}/${of.jobs()}'`,
      ),
    of => one(...onObject(of), agent(of), `requestParameters.bucketName|startswith: '${of.busyBucket()}'`),
    of =>
      one(
        ...onObject(of),
        `userIdentity.arn|contains: ':assumed-role/${of.role()}/'`,
        `requestParameters.key|contains: '${of.team()}/'`,
      ),
    of => one(...onObject(of), `requestParameters.key: '*${of.team()}/${of.jobs()}?*${of.extension()}'`),
    of => one(...onObject(of), `requestParameters.key|re: '${of.job()}[-/.](part|[0-9a-f]{2}|[a-z])'`),
    of =>
      one(...onShape(of, 'secret'), `requestParameters.secretId|contains: ':secret:${of.secret()}-password'`),
    of =>
      one(
        ...onShape(of, 'assume'),
        `requestParameters.roleArn|endswith: ':role/${of.role()}'`,
        "userAgent|re: '^\\[?[A-Za-z0-9-]+/[0-9.]+'",
      ),
    of =>
      one(
        ...onShape(of, 'query'),
        `requestParameters.queryString|contains|all: ['from ${of.team()}', 'count(']`,
      ),
    of =>
      one(
        ...onShape(of, 'log-stream'),
        `requestParameters.logGroupName|startswith: '/aws/lambda/${of.team()}-'`,
        'errorCode|contains: Denied',
      ),
  ],
  nested: [
    of => one(...onObject(of), byRole(of), 'errorCode: AccessDenied'),
    of =>
      one(
        ...onObject(of),
        byRole(of),
        "userIdentity.sessionContext.attributes.mfaAuthenticated: 'false'",
        'awsRegion: us-west-2',
      ),
    of =>
      one(
        ...onShape(of, 'run-instances'),
        `requestParameters.instancesSet.items.imageId: ${of.image()}`,
        'requestParameters.monitoring.enabled: false',
      ),
    of =>
      one(
        ...onShape(of, 'filters'),
        `requestParameters.filterSet.items.valueSet.items.value: ${of.team()}`,
        'errorCode: Client.UnauthorizedOperation',
      ),
    of =>
      one(
        ...onShape(of, 'key'),
        `requestParameters.encryptionContext.SecretARN|endswith: ':secret:${of.secret()}-password'`,
      ),
    of => one(...onShape(of, 'item'), `requestParameters.key.jobId: ${of.job()}`),
    of =>
      one(
        ...onShape(of, 'metrics'),
        `requestParameters.metricDataQueries.metricStat.metric.dimensions.value: ${of.team()}`,
        'requestParameters.metricDataQueries.metricStat.metric.namespace: AWS/Lambda',
        'userIdentity.type: IAMUser',
      ),
    of =>
      one(
        ...onShape(of, 'share'),
        `requestParameters.createVolumePermission.add.items.userId: '${of.account()}'`,
      ),
    of => one(...onShape(of, 'tags'), `requestParameters.tagSet.items.value: ${of.team()}`),
  ],
  negated: [
    of =>
      unless(
        [...onObject(of), inBucket(of)],
        ['userIdentity.type:', '    - AssumedRole', '    - AWSService'],
      ),
    of =>
      unless(
        [...onObject(of), inBusyBucket(of), 'errorCode: AccessDenied'],
        ['sourceIPAddress|cidr: 10.0.0.0/8'],
      ),
    of =>
      unless(
        [...onObject(of), byRole(of)],
        ['userAgent|startswith:', "    - '[aws-sdk-java/'", "    - 'Boto3/'", "    - '[aws-sdk-js/'"],
      ),
    of =>
      unless(
        [...onShape(of, 'parameter'), `requestParameters.name|contains: '/${of.team()}/'`],
        ['requestParameters.withDecryption: true'],
      ),
    of =>
      unless(
        [...onShape(of, 'assume'), `requestParameters.roleArn|contains: ':role/${of.role()}'`],
        ['responseElements.credentials.accessKeyId: null'],
      ),
    of =>
      unless(
        [...on(of.action()), `recipientAccountId: '${of.account()}'`],
        ['userIdentity.type: AWSService'],
      ),
  ],
  unindexed: [
    of =>
      one(
        `requestParameters.key|contains: '/${of.job()}'`,
        `requestParameters.key|endswith: '${of.extension()}'`,
      ),
    of => one(`sourceIPAddress|cidr: ${of.network()}`, agent(of)),
    of => one(`userIdentity.arn|re: 'assumed-role/${of.role()}/[a-z]+-fn-[0-9]*1$'`),
    of =>
      one(
        agent(of),
        `resources.ARN|startswith: 'arn:aws:s3:::${of.bucket()}/'`,
        'errorCode|contains: Denied',
      ),
  ],
  keyword: [
    of => ({
      selections: { keywords: [`- 'exports/${of.team()}/${of.jobs()}'`, `- '${of.team()}/${of.job()}-'`] },
      condition: 'keywords',
    }),
    of => ({
      selections: { selection: onObject(of), keywords: [`- '${of.job()}'`] },
      condition: 'selection and keywords',
    }),
  ],
  equality: [
    of => one(...onObject(of), inBusyBucket(of), 'errorCode: AccessDenied'),
    of => one(...onObject(of), byRole(of), 'awsRegion: eu-west-1'),
    of => one(...on(of.action()), `recipientAccountId: '${of.account()}'`),
    of => one(...onShape(of, 'role'), `requestParameters.roleName: ${of.role()}`),
    of => one(...onShape(of, 'bucket'), inBucket(of)),
    of =>
      one(
        ...onShape(of, 'database'),
        `requestParameters.databaseName: ${of.team()}`,
        'userIdentity.type: IAMUser',
      ),
  ],
}

function one(...lines: readonly string[]): Detection {
  return { selections: { selection: lines }, condition: 'selection' }
}

function unless(selection: readonly string[], filter: readonly string[]): Detection {
  return { selections: { selection, filter }, condition: 'selection and not filter' }
}

function onObject(of: Constants): readonly string[] {
  return ['eventSource: s3.amazonaws.com', `eventName: ${of.objectAction()}`]
}

function onShape(of: Constants, shape: Shape): readonly string[] {
  return on(of.actionOf(shape))
}

function on({ service, name }: Action): readonly string[] {
  return [`eventSource: ${service}.amazonaws.com`, `eventName: ${name}`]
}

function inBucket(of: Constants): string {
  return `requestParameters.bucketName: ${of.bucket()}`
}

function inBusyBucket(of: Constants): string {
  return `requestParameters.bucketName: ${of.busyBucket()}`
}

function byRole(of: Constants): string {
  return `userIdentity.sessionContext.sessionIssuer.userName: ${of.role()}`
}

function agent(of: Constants): string {
  return `userAgent|contains: '${of.agent()}'`
}
