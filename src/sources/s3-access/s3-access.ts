import type { EventOutcome, NormalEvent } from '../../core/event.ts'
import type { JsonObject } from '../../core/json.ts'
import { says } from '../answering.ts'
import { assumedRole } from '../cloudtrail/arn.ts'
import { text } from '../members.ts'
import { type Facts, normalEvent } from '../normal-event.ts'
import { ownNames, withOwnNames } from '../own-names.ts'
import type { Source } from '../source.ts'
import { FIELDS } from './line.ts'

/** Amazon S3 server access logs: lines of text, and rows that name the same fields. */
export const s3Access: Source = {
  id: 's3-access',
  title: 'Amazon S3 server access logs',
  tags: {
    sourcetypes: ['aws:s3:accesslogs'],
    sourceCategories: ['aws/s3', 'aws/s3/access', 's3/accesslogs'],
  },
  answers: logsource =>
    says(logsource, { products: ['aws'], services: ['s3', 's3access', 's3_access', 's3serveraccess'] }),
  recognises,
  flat: record => withOwnNames(record, ownName),
  eventId,
  eventTime,
  normalise,
}

function recognises(record: JsonObject): boolean {
  if ((record['bucket_owner'] ?? record['bucket_owner_id']) !== undefined)
    return record['request_id'] !== undefined
  if (record['bucketowner'] !== undefined) return record['requestid'] !== undefined
  if (record['remoteip'] !== undefined) return record['bucket'] !== undefined
  return record['p_log_type'] === 'AWS.S3ServerAccess'
}

/** Athena, Panther and JSON from CloudWatch write the names without marks or in other words. */
const ownName = ownNames(FIELDS, [
  ['bucketname', 'bucket'],
  ['bucketownerid', 'bucket_owner'],
  ['keyname', 'key'],
  ['bytessentsize', 'bytes_sent'],
  ['requesttime', 'time'],
  ['requestdatetime', 'time'],
  ['referrer', 'referer'],
  ['httpstatuscode', 'http_status'],
  ['remoteipaddress', 'remote_ip'],
  ['turnaroundtime', 'turn_around_time'],
])

/** A request that deletes many objects has a line for each, all with its id. */
function eventId(record: JsonObject): string | undefined {
  const request = text(record['request_id'])
  if (request === undefined) return
  const parts = [text(record['operation']), text(record['key']), text(record['version_id'])]
  return [request, ...parts].filter(part => part !== undefined).join(' ')
}

const TIME = /^(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d:\d\d:\d\d) ([+-]\d\d)(\d\d)$/
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/** `04/Mar/2025:10:00:38 +0000` in ISO 8601; another time as written. */
function eventTime(record: JsonObject): string | undefined {
  const written = text(record['time'])
  const parts = written === undefined ? null : TIME.exec(written)
  if (parts === null) return written
  const [, day, name = '', year, clock, hours, minutes] = parts
  const month = String(MONTHS.indexOf(name) + 1).padStart(2, '0')
  const zone = hours === '+00' && minutes === '00' ? 'Z' : `${hours}:${minutes}`
  return `${year}-${month}-${day}T${clock}${zone}`
}

function normalise(record: JsonObject): NormalEvent {
  const own = (name: string): string | undefined => text(record[name])
  const bucket = own('bucket')
  const key = own('key')
  return normalEvent({
    id: eventId(record),
    timeText: eventTime(record),
    service: 's3.amazonaws.com',
    action: own('operation'),
    outcome: outcomeOf(own('http_status'), own('error_code')),
    error: own('error_code'),
    region: own('source_region'),
    actor: requesterOf(own('requester')),
    address: own('remote_ip'),
    userAgent: own('user_agent'),
    resources: [
      bucket === undefined ? undefined : `arn:aws:s3:::${bucket}`,
      bucket === undefined || key === undefined ? undefined : `arn:aws:s3:::${bucket}/${key}`,
    ],
  })
}

/** A role is known by its own ARN, as in CloudTrail, and not by that of its session; a canonical id of an account stays. */
function requesterOf(requester: string | undefined): NonNullable<Facts['actor']> {
  if (requester === undefined) return {}
  if (!requester.startsWith('arn:')) return { principal: requester }
  const assumed = assumedRole(requester)
  const principal = assumed?.role ?? requester
  return {
    principal,
    arn: requester,
    name: principal.slice(principal.lastIndexOf('/') + 1),
    account: /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(requester)?.[1],
    role: assumed?.role,
    session: assumed?.session,
  }
}

/** What Amazon does by itself, such as an expiry, has no status. */
function outcomeOf(status: string | undefined, error: string | undefined): EventOutcome {
  if (error !== undefined) return 'denied'
  if (status === undefined) return 'succeeded'
  return Number(status) < 400 ? 'succeeded' : 'denied'
}
