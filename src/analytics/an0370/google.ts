import { and, is, or } from '../../sources/conditions.ts'
import { first } from '../analytic.ts'
import { base } from '../base.ts'
import type { Credential, Destination, Move } from './move.ts'
import type { Reading } from './reads.ts'

const PAYLOAD = 'protoPayload'
const NAME = `${PAYLOAD}.resourceName`
const TO = `${PAYLOAD}.metadata.destination`
const EMAIL = `${PAYLOAD}.authenticationInfo.principalEmail`
const KEY = `${PAYLOAD}.authenticationInfo.serviceAccountKeyName`
const METHOD = `${PAYLOAD}.methodName`
const WHERE = and([
  is(`${PAYLOAD}.serviceName`, 'storage.googleapis.com'),
  or(['storage.objects.get', 'storage.objects.list'].map(name => is(METHOD, name))),
])
if (WHERE === undefined) throw new Error('bug: no calls')

/** Google Cloud Storage: a read names where a copy goes, if it is one. */
export const google: Reading = {
  base: base({
    id: 'an0370-google',
    title: 'objects are read or copied (Google Cloud data access logs)',
    logsource: { product: 'gcp', service: 'gcp.audit' },
    where: WHERE,
    carry: [NAME, TO, EMAIL, KEY, METHOD, 'resource.labels.project_id'],
  }),
  read(event): Move | undefined {
    const [, bucket, object] = /\/buckets\/([^/]+)(?:\/objects\/(.*))?$/s.exec(first(event, NAME) ?? '') ?? []
    if (bucket === undefined) return undefined
    const to = first(event, TO)
    const account = first(event, 'resource.labels.project_id')
    const anonymous = first(event, EMAIL) === undefined
    return {
      event,
      kind: to !== undefined ? 'copy' : first(event, METHOD) === 'storage.objects.list' ? 'list' : 'read',
      log: 'audit',
      source: { name: bucket, provider: 'gcp', ...(account === undefined ? {} : { account }) },
      destinations: to === undefined ? [] : [bucketNamed(to)],
      anonymous,
      credential: credentialOf(first(event, KEY), anonymous),
      denied: event.hit.event.outcome === 'denied',
      ...(object === undefined ? {} : { object }),
    }
  },
}

/** `projects/P/buckets/B/objects/O`; the project may be `_`, which names none. */
function bucketNamed(text: string): Destination {
  const [, project, name] = /^projects\/([^/]+)\/buckets\/([^/]+)/.exec(text) ?? []
  if (name === undefined) return { kind: 'unknown', words: text, reason: 'it names no bucket' }
  const account = project === undefined || project === '_' ? {} : { account: project }
  return { kind: 'bucket', bucket: { name, provider: 'gcp', ...account } }
}

function credentialOf(key: string | undefined, anonymous: boolean): Credential {
  if (anonymous) return { kind: 'none' }
  return key === undefined ? { kind: 'oauth' } : { kind: 'long-lived-key', id: key }
}
