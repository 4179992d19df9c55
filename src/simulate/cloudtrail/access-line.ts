import type { Random } from '../random.ts'
import type { ObjectCall } from './object-call.ts'

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/** The line of an S3 access log: 26 fields, with `-` for what is not there. */
export function accessLine(
  call: ObjectCall & {
    readonly operation: string
    readonly requestId: string
    readonly key?: string
    readonly hostId: string
    readonly sent: number
    readonly size: number
  },
  random: Random,
): string {
  const { bucket, session, error, key } = call
  const signed = session.principal !== ''
  const service = session.identity['type'] === 'AWSService'
  const encoded = key === undefined ? '-' : key.split('/').map(encodeURIComponent).join('/')
  const method = call.operation.split('.')[1] ?? 'GET'
  const query = call.operation === 'REST.GET.BUCKET' ? '?list-type=2&max-keys=1000' : ''
  const total = random.around(40, 0.8)
  const fields = [
    bucket.account.canonical,
    bucket.name,
    `[${stamp(call.time)}]`,
    service ? '-' : session.address,
    service ? `svc:${session.arn}` : session.arn,
    call.requestId,
    call.operation,
    encoded,
    `"${method === 'COPY' ? 'GET' : method} /${key === undefined ? '' : encoded}${query} HTTP/1.1"`,
    error === undefined ? 200 : 403,
    error?.code ?? '-',
    error === undefined ? call.sent || '-' : 243,
    key === undefined ? '-' : call.size,
    total,
    Math.max(1, total - 5),
    '"-"',
    `"${session.userAgent}"`,
    '-',
    call.hostId,
    signed ? 'SigV4' : '-',
    'TLS_AES_128_GCM_SHA256',
    signed ? 'AuthHeader' : '-',
    `${bucket.name}.s3.${bucket.region}.amazonaws.com`,
    'TLSv1.3',
    '-',
    '-',
  ]
  return fields.join(' ')
}

/** `06/Feb/2026:00:00:38 +0000` */
function stamp(time: number): string {
  const text = new Date(time).toISOString()
  const month = MONTHS[Number(text.slice(5, 7)) - 1]
  return `${text.slice(8, 10)}/${month}/${text.slice(0, 4)}:${text.slice(11, 19)} +0000`
}
