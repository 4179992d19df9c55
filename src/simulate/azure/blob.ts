import type { AzureTenant } from '../organisation/types.ts'
import type { Recorder } from '../recorder.ts'
import type { Targets } from '../targets.ts'
import { precise } from './activity.ts'

export interface BlobRead {
  readonly tenant: AzureTenant
  readonly container: string
  readonly blob: string
  readonly address: string
  readonly bytes: number
  readonly time: number
  /** With a signed address, or as somebody known. */
  readonly by: 'signature' | { readonly mail: string }
  readonly userAgent: string
}

/** Writes one read of a blob; gives its correlation id. */
export function azureBlobRead(recorder: Recorder, targets: Targets, read: BlobRead): string {
  const { tenant, container, blob, by } = read
  const { random } = recorder
  const correlationId = random.uuid()
  const account = `/subscriptions/${tenant.subscription}/resourceGroups/${tenant.group}/providers/Microsoft.Storage/storageAccounts/${tenant.storageAccount}/blobServices/default`
  const signed = by === 'signature'
  const query = signed ? '?sv=2024-11-04&sr=c&sp=rl&sig=XXXXX' : ''
  const text = JSON.stringify({
    time: precise(read.time),
    resourceId: account,
    category: 'StorageRead',
    operationName: 'GetBlob',
    operationVersion: '2024-11-04',
    schemaVersion: '1.0',
    statusCode: 200,
    statusText: signed ? 'SASSuccess' : 'Success',
    durationMs: random.around(30, 0.7),
    callerIpAddress: `${read.address}:${random.whole(20_000, 60_000)}`,
    correlationId,
    identity: signed
      ? {
          type: 'SAS',
          tokenHash: `key1(${random.hex(64).toUpperCase()}),SasSignature(${random.hex(64).toUpperCase()})`,
        }
      : {
          type: 'OAuth',
          requester: { upn: by.mail, tenantId: tenant.tenant, objectId: random.uuid(), appId: random.uuid() },
        },
    location: tenant.location,
    properties: {
      accountName: tenant.storageAccount,
      userAgentHeader: read.userAgent,
      serviceType: 'blob',
      objectKey: `/${tenant.storageAccount}/${container}/${blob}`,
      metricResponseType: 'Success',
      serverLatencyMs: random.around(20, 0.5),
      requestHeaderSize: 480,
      responseHeaderSize: 390,
      responseBodySize: read.bytes,
      tlsVersion: 'TLS 1.3',
    },
    uri: `https://${tenant.storageAccount}.blob.core.windows.net:443/${container}/${blob}${query}`,
    protocol: 'HTTPS',
    resourceType: 'Microsoft.Storage/storageAccounts/blobServices',
  })
  recorder.other(targets.azure('insights-logs-storageread', account), read.time, text)
  return correlationId
}
