import type { Bucket } from '../../context/bucket-verdict.ts'
import { is, or } from '../../sources/conditions.ts'
import { type AnalyticEvent, first } from '../analytic.ts'
import { base } from '../base.ts'
import { amount } from './cloudtrail-fields.ts'
import type { CredentialKind, Destination, Move } from './move.ts'
import type { Reading } from './reads.ts'

const COPIES = ['CopyBlob', 'CopyBlobFromURL', 'PutBlobFromURL', 'PutBlockFromURL', 'AppendBlockFromURL']

/** Azure: blobs that are read, and blobs that the cloud copies between accounts. */
export const blobs: Reading = {
  base: base({
    id: 'an0370-blobs',
    title: 'blobs are read, listed or copied (Azure storage logs)',
    logsource: { product: 'azure', service: 'storage' },
    where: or(['GetBlob', 'ListBlobs', ...COPIES].map(name => is('operationName', name))),
    carry: [
      ...['operationName', 'uri', 'identity.type', 'identity.tokenHash', 'identity.requester.tenantId'],
      ...['accountName', 'objectKey', 'responseBodySize', 'sourceUri', 'destinationUri'].map(
        name => `properties.${name}`,
      ),
    ],
  }),
  read(event): Move | undefined {
    const { own, object } = ownOf(event)
    const to = first(event, 'properties.destinationUri')
    const from = first(event, 'properties.sourceUri')
    const operation = first(event, 'operationName') ?? ''
    const copied = COPIES.includes(operation) || to !== undefined
    const type = first(event, 'identity.type') ?? ''
    const id = first(event, 'identity.tokenHash')
    const bytes = amount(first(event, 'properties.responseBodySize'))
    const tenant = first(event, 'identity.requester.tenantId')
    const denied = event.hit.event.outcome === 'denied'
    // The log of the account that is written to names the source, that of the source the destination.
    const source = to === undefined && copied ? containerOf(from) : own
    return {
      event,
      kind: copied ? 'copy' : operation === 'ListBlobs' ? 'list' : 'read',
      log: 'audit',
      destinations: copied ? [destinationOf(to, own)] : [],
      anonymous: /^anonymous$/i.test(type),
      credential: { kind: CREDENTIALS[type.toLowerCase()] ?? 'unknown', ...(id === undefined ? {} : { id }) },
      denied,
      ...(source === undefined ? {} : { source }),
      ...(object === undefined ? {} : { object }),
      ...(bytes === undefined || denied || copied ? {} : { bytes }),
      ...(tenant === undefined ? {} : { callerAccount: tenant }),
    }
  },
}

const CREDENTIALS: { readonly [type: string]: CredentialKind } = {
  sas: 'signed-address',
  delegationsas: 'signed-address',
  accountkey: 'account-key',
  oauth: 'oauth',
  anonymous: 'none',
}

function ownOf(event: AnalyticEvent): { readonly own?: Bucket; readonly object?: string } {
  const [, account, container, object] =
    /^\/?([^/]+)\/([^/]+)(?:\/(.*))?$/s.exec(first(event, 'properties.objectKey') ?? '') ?? []
  const subscription = event.hit.event.account
  const owner = subscription === undefined ? {} : { account: subscription }
  const named =
    account === undefined || container === undefined
      ? containerOf(first(event, 'uri'))
      : ({ name: `${account}/${container}`, provider: 'azure' } as const)
  return {
    ...(named === undefined ? {} : { own: { ...named, ...owner } }),
    ...(object === undefined ? {} : { object }),
  }
}

function destinationOf(to: string | undefined, own: Bucket | undefined): Destination {
  if (to === undefined && own !== undefined) return { kind: 'bucket', bucket: own }
  const bucket = containerOf(to)
  if (bucket !== undefined) return { kind: 'bucket', bucket }
  return to === undefined
    ? { kind: 'unknown', words: 'a container', reason: 'the log does not name it' }
    : { kind: 'host', name: to }
}

/** `https://account.blob.core.windows.net/container/…` -> `account/container` */
export function containerOf(uri: string | undefined): Bucket | undefined {
  const [, account, container] =
    /^https?:\/\/([a-z0-9]+)\.(?:blob|dfs)\.[^/]+\/([^/?]+)/i.exec(uri ?? '') ?? []
  if (account === undefined || container === undefined) return undefined
  return { name: `${account}/${container}`, provider: 'azure' }
}
