import type { Expr } from '../../plan/expr.ts'
import { and, begins, is, or } from '../../sources/conditions.ts'
import { type AnalyticEvent, first } from '../analytic.ts'
import { base } from '../base.ts'
import { bucketName, bucketOf, COMMON, common } from './cloudtrail-fields.ts'
import type { Destination, Move } from './move.ts'
import { AUDIT, calls, type Reading } from './reads.ts'

const BATCH = [
  'requestParameters.CreateJobRequest.Operation.S3PutObjectCopy.TargetResource',
  'requestParameters.operation.s3PutObjectCopy.targetResource',
  'requestParameters.Operation.S3PutObjectCopy.TargetResource',
] as const

/** S3 Batch copies what a list names; exports write tables and snapshots to a bucket. */
export const jobs: Reading = {
  base: base({
    id: 'an0370-jobs',
    title: 'a job copies or exports data to a bucket',
    logsource: AUDIT,
    where: or([
      calls('s3.amazonaws.com', ['CreateJob']),
      calls('rds.amazonaws.com', ['StartExportTask']),
      calls('dynamodb.amazonaws.com', ['ExportTableToPointInTime']),
    ]),
    carry: [
      ...COMMON,
      ...BATCH,
      'requestParameters.s3BucketName',
      'requestParameters.s3Bucket',
      'requestParameters.s3BucketOwner',
      'requestParameters.sourceArn',
      'requestParameters.tableArn',
    ],
  }),
  read(event): Move | undefined {
    const named = [...BATCH, 'requestParameters.s3BucketName', 'requestParameters.s3Bucket']
    const name = named.flatMap(field => first(event, field) ?? [])[0]
    if (name === undefined) return undefined
    const bucket = bucketOf(event, name)
    const account = first(event, 'requestParameters.s3BucketOwner') ?? bucket?.account
    const thing = first(event, 'requestParameters.sourceArn') ?? first(event, 'requestParameters.tableArn')
    const { source: _source, ...told } = common(event)
    return {
      ...told,
      kind: 'job',
      destinations: [
        {
          kind: 'bucket',
          bucket: { name: bucketName(name), ...(account === undefined ? {} : { account }) },
        },
      ],
      ...(thing === undefined ? {} : { thing }),
    }
  },
}

const PLACES = [
  'requestParameters.s3BucketArn',
  'requestParameters.serverHostname',
  'requestParameters.bucketName',
  'requestParameters.containerUrl',
] as const

const DATASYNC: Expr = is('eventSource', 'datasync.amazonaws.com')

/** DataSync: places are told first, then a task that goes from one to another. */
export const syncs: Reading = {
  base: base({
    id: 'an0370-datasync',
    title: 'DataSync is told of a place, or of a task',
    logsource: AUDIT,
    where:
      and([DATASYNC, or([begins('eventName', 'CreateLocation'), is('eventName', 'CreateTask')])]) ?? DATASYNC,
    carry: [
      'userIdentity.accountId',
      ...PLACES,
      'requestParameters.sourceLocationArn',
      'requestParameters.destinationLocationArn',
      'responseElements.locationArn',
    ],
  }),
  read(event, { locations }): Move | undefined {
    if (event.hit.event.action !== 'CreateTask') {
      remember(event, locations)
      return undefined
    }
    const to = first(event, 'requestParameters.destinationLocationArn') ?? ''
    const from = locations.get(first(event, 'requestParameters.sourceLocationArn') ?? '')
    const destination = locations.get(to) ?? {
      kind: 'unknown',
      words: to === '' ? 'a place' : to,
      reason: 'these logs do not show what place of DataSync that is',
    }
    const { source: _source, ...told } = common(event)
    return {
      ...told,
      kind: 'job',
      destinations: [destination],
      ...(from?.kind === 'bucket' ? { source: from.bucket } : {}),
    }
  },
}

const MOST_LOCATIONS = 10_000

function remember(event: AnalyticEvent, locations: Map<string, Destination>): void {
  const arn = first(event, 'responseElements.locationArn')
  const place = placeOf(event)
  if (arn !== undefined && place !== undefined && locations.size < MOST_LOCATIONS) locations.set(arn, place)
}

function placeOf(event: AnalyticEvent): Destination | undefined {
  const bucket = first(event, 'requestParameters.s3BucketArn')
  if (bucket !== undefined) return { kind: 'bucket', bucket: { name: bucketName(bucket) } }
  const host =
    first(event, 'requestParameters.containerUrl') ?? first(event, 'requestParameters.serverHostname')
  return host === undefined ? undefined : { kind: 'host', name: host }
}
