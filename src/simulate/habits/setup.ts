import { jobSession } from '../cloudtrail/session.ts'
import type { Recorder } from '../recorder.ts'
import { MINUTE } from '../span.ts'
import type { Habit, Hour } from './habit.ts'
import { TERRAFORM } from './pipelines.ts'

/** At the beginning the pipeline says once more what is to be logged, so that a reader can know it. */
export const setup: Habit = { name: 'setup', share: 0, run }

function run({ organisation, start, number }: Hour, recorder: Recorder): void {
  if (number !== 0) return
  const { roles, networks, buckets, mirror } = organisation
  const time = start + 5 * MINUTE
  const session = jobSession(
    roles.deploy,
    'logging',
    { address: mirror, userAgent: TERRAFORM, since: time },
    recorder.random,
  )
  const observed = Object.values(buckets).filter(bucket => bucket.observed)
  recorder.call({
    session,
    service: 'cloudtrail',
    action: 'PutEventSelectors',
    region: networks.production.region,
    time,
    write: true,
    request: {
      trailName: 'organisation',
      advancedEventSelectors: [
        { name: 'management', fieldSelectors: [{ field: 'eventCategory', equals: ['Management'] }] },
        {
          name: 'objects',
          fieldSelectors: [
            { field: 'eventCategory', equals: ['Data'] },
            { field: 'resources.type', equals: ['AWS::S3::Object'] },
            { field: 'resources.ARN', startsWith: observed.map(({ name }) => `arn:aws:s3:::${name}/`) },
          ],
        },
      ],
    },
  })
  for (const { id, flowLog, region, account } of Object.values(networks)) {
    if (flowLog === undefined) continue
    recorder.call({
      session,
      service: 'ec2',
      action: 'CreateFlowLogs',
      region,
      time: time + MINUTE,
      recipient: account.id,
      write: true,
      request: {
        CreateFlowLogsRequest: {
          ResourceType: 'VPC',
          ResourceId: { tag: 1, content: id },
          TrafficType: 'ALL',
          LogDestinationType: 's3',
        },
      },
      response: { CreateFlowLogsResponse: { flowLogIdSet: { item: flowLog.id } } },
    })
  }
}
