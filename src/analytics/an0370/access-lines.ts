import type { Expr } from '../../plan/expr.ts'
import { begins, or } from '../../sources/conditions.ts'
import { first } from '../analytic.ts'
import { base } from '../base.ts'
import { amount } from './cloudtrail-fields.ts'
import type { CredentialKind, Move } from './move.ts'
import type { Reading } from './reads.ts'

const READS: Expr = or(
  [
    'REST.GET.OBJECT',
    'REST.COPY.OBJECT_GET',
    'REST.COPY.PART_GET',
    'WEBSITE.GET.OBJECT',
    'REST.GET.BUCKET',
  ].map(name => begins('operation', name)),
)

/** S3 server access logs, seen from the bucket that the data is in: who asked, not where a copy goes. */
export const accessLines: Reading = {
  base: base({
    id: 'an0370-access-lines',
    title: 'objects are read or copied (S3 server access logs)',
    logsource: { product: 'aws', service: 's3' },
    where: READS,
    carry: ['bucket', 'key', 'operation', 'bytes_sent', 'requester', 'auth_type', 'request_id'],
  }),
  read(event): Move | undefined {
    const operation = first(event, 'operation') ?? ''
    const bucket = first(event, 'bucket')
    if (bucket === undefined || /^REST\.GET\.OBJECT_(TAGGING|RETENTION|ACL)/i.test(operation))
      return undefined
    const key = first(event, 'key')
    const bytes = amount(first(event, 'bytes_sent'))
    const copied = operation.startsWith('REST.COPY')
    const listed = operation === 'REST.GET.BUCKET'
    const anonymous = first(event, 'requester') === undefined
    return {
      event,
      kind: copied ? 'copy' : listed ? 'list' : 'read',
      log: 'access',
      source: { name: bucket },
      // The bucket of a copy is not told in the log of its source.
      destinations: copied
        ? [{ kind: 'unknown', words: 'a bucket', reason: 'the access log of the source does not name it' }]
        : [],
      anonymous,
      credential: { kind: credential(first(event, 'auth_type'), anonymous) },
      denied: event.hit.event.outcome === 'denied',
      ...(key === undefined ? {} : { object: decoded(key) }),
      ...(bytes === undefined || listed ? {} : { bytes }),
    }
  },
}

function credential(type: string | undefined, anonymous: boolean): CredentialKind {
  if (anonymous) return 'none'
  return type === 'QueryString' ? 'presigned' : 'unknown'
}

/** Keys are URL-encoded, some of them twice. */
function decoded(key: string): string {
  try {
    return decodeURIComponent(key)
  } catch {
    return key
  }
}
