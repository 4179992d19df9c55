import { jobSession } from '../cloudtrail/session.ts'
import type { Recorder } from '../recorder.ts'
import { MINUTE, SECOND } from '../span.ts'
import type { Habit, Hour } from './habit.ts'

const REGIONS =
  'us-east-1 us-east-2 us-west-1 us-west-2 ca-central-1 eu-west-1 eu-west-2 eu-west-3 eu-central-1 eu-north-1 ap-south-1 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-southeast-1 ap-southeast-2 sa-east-1'.split(
    ' ',
  )
const READS = [
  'ec2 DescribeInstances',
  'ec2 DescribeSecurityGroups',
  'ec2 DescribeVolumes',
  'ec2 DescribeSnapshots',
  'ec2 DescribeFlowLogs',
  'ec2 DescribeImages',
  'iam ListUsers',
  'iam ListRoles',
  'iam GetAccountSummary',
  's3 ListBuckets',
  's3 GetBucketPolicyStatus',
  'rds DescribeDBInstances',
  'lambda ListFunctions20150331',
  'kms ListKeys',
  'cloudtrail DescribeTrails',
  'cloudtrail GetTrailStatus',
  'secretsmanager ListSecrets',
  'eks ListClusters',
  'guardduty ListDetectors',
  'config DescribeConfigurationRecorders',
] as const

/** One sweep a day over every region by the scanner of the organisation's posture. */
export const scanner: Habit = { name: 'scanner', share: 0.06, run }

function run({ organisation, start, number, events }: Hour, recorder: Recorder): void {
  if (number % 24 !== 3) return
  const { random } = recorder
  const begin = start + random.whole(0, 20) * MINUTE
  const look = {
    address: organisation.officeAddresses[0] ?? '192.0.2.1',
    userAgent: 'Boto3/1.35.10 md/Botocore#1.35.10 ua/2.0 os/linux lang/python#3.12',
    since: begin,
  }
  const session = jobSession(organisation.roles.scanner, 'posture-sweep', look, random)
  const total = events * 24
  for (let made = 0; made < total; made++) {
    const [service = '', action = ''] = random.pick(READS).split(' ')
    const region = service === 'iam' ? 'us-east-1' : (REGIONS[made % REGIONS.length] ?? 'us-east-1')
    recorder.call({ session, service, action, region, time: begin + Math.floor(made / 6) * SECOND })
  }
}
