import type { JsonObject } from '../../core/json.ts'
import { type Growing, put } from '../put.ts'

const HEAD: readonly string[] = [
  ...['bucket_owner', 'bucket', 'time', 'remote_ip', 'requester', 'request_id', 'operation', 'key'],
  ...['request_uri', 'http_status', 'error_code', 'bytes_sent', 'object_size', 'total_time'],
  'turn_around_time',
]
const TAIL: readonly string[] = [
  ...['version_id', 'host_id', 'signature_version', 'cipher_suite', 'auth_type', 'host_header'],
  ...['tls_version', 'access_point_arn', 'acl_required', 'source_region'],
]

/** Its fields in their order, as Amazon lists them; newer ones come behind, and older lines end before. */
export const FIELDS: readonly string[] = [...HEAD, 'referer', 'user_agent', ...TAIL]

// Quotes inside of the request and of the user agent are not escaped, so each ends where its neighbours fit.
const LINE =
  /^([0-9a-f]{64}|\S{1,128}) (\S{1,255}) \[(\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d [+-]\d{4})\] (\S+) (\S+) (\S+) ((?:REST|SOAP|WEBSITE|BATCH|S3|CSE)\.\S+|-) (\S+) (?:"(.*?)"|(-)) (\d{3}|-) (\S+) (\d+|-) (\d+|-) (\d+|-) (\d+|-)(?: (.*))?$/

/** The record of a line of a server access log; `undefined` if it is none. `-` is nothing. */
export function accessRecord(line: string): JsonObject | undefined {
  if (line.length > LONGEST || line.indexOf(' [') < 0) return
  const parts = LINE.exec(line)
  if (parts === null) return
  const [, ...found] = parts
  const head = [...found.slice(0, 8), found[8], ...found.slice(10, 16)]
  const record: Growing = {}
  fill(record, HEAD, head)
  const { quoted, rest } = splitEnd(found[16] ?? '')
  fill(record, ['referer', 'user_agent'], quoted)
  fill(record, TAIL, rest)
  return record
}

const LONGEST = 64 * 1024

/** `"referer" "user agent" and the rest`: the first quote and the last are the ones that count. */
function splitEnd(end: string): {
  readonly quoted: readonly (string | undefined)[]
  readonly rest: readonly string[]
} {
  const last = end.lastIndexOf('"')
  if (last < 0) {
    const [referer, agent, ...rest] = end.split(' ')
    return { quoted: [referer, agent], rest }
  }
  const texts = end.slice(0, last + 1)
  const rest = end.slice(last + 1).trim()
  const middle = /^(?:"(.*?)"|-) (?:"(.*)"|-)$/s.exec(texts)
  return { quoted: [middle?.[1], middle?.[2]], rest: rest === '' ? [] : rest.split(' ') }
}

function fill(record: Growing, names: readonly string[], values: readonly (string | undefined)[]): void {
  names.forEach((name, place) => {
    const value = values[place]
    if (value !== undefined && value !== '-' && value !== '') put(record, name, value)
  })
}
