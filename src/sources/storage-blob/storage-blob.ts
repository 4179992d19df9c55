import type { EventOutcome, NormalEvent } from '../../core/event.ts'
import { isObject, type JsonObject } from '../../core/json.ts'
import { says } from '../answering.ts'
import { plainAddress, text, textAt, withMembers } from '../members.ts'
import { normalEvent } from '../normal-event.ts'
import type { Source } from '../source.ts'
import { exportNames, tableNames } from './columns.ts'

const CATEGORIES: ReadonlySet<string> = new Set(['StorageRead', 'StorageWrite', 'StorageDelete'])

/** Azure Storage: Azure Monitor's export of StorageRead, StorageWrite and StorageDelete, and rows of StorageBlobLogs. */
export const storageBlob: Source = {
  id: 'storage-blob',
  title: 'Azure Storage logs',
  tags: {
    sourcetypes: ['azure:monitor:storage', 'mscs:storage:blob', 'mscs:azure:eventhub'],
    sourceCategories: ['azure/storage', 'azure/blob'],
  },
  answers: logsource =>
    says(logsource, { products: ['azure'], services: ['storage', 'storageblob', 'storagebloblogs', 'blob'] }),
  recognises,
  flat: record =>
    withMembers(record, isObject(record['properties']) ? tableNames(record) : exportNames(record)),
  eventId,
  eventTime: record => text(record['time']),
  normalise,
}

function recognises(record: JsonObject): boolean {
  const category = record['category'] ?? record['Category']
  if (typeof category === 'string' && CATEGORIES.has(category)) return true
  // A search that picks columns may leave the category out.
  return record['Type'] === 'StorageBlobLogs' || TELLING.every(name => record[name] !== undefined)
}

const TELLING: readonly string[] = ['OperationName', 'AccountName', 'Uri']

/** A copy has a row for each of its steps, all with its correlation. */
function eventId(record: JsonObject): string | undefined {
  const correlation = text(record['correlationId'])
  if (correlation === undefined) return
  const count = textAt(record, 'properties', 'operationCount')
  return [correlation, text(record['operationName']), count].filter(part => part !== undefined).join(' ')
}

function normalise(record: JsonObject): NormalEvent {
  const own = (name: string): string | undefined => text(record[name])
  const requester = (name: string): string | undefined => textAt(record, 'identity', 'requester', name)
  const who = requester('upn') ?? requester('objectId') ?? requester('appId')
  const failed = Number(own('statusCode') ?? 0) >= 400
  return normalEvent({
    id: eventId(record),
    timeText: own('time'),
    service: 'azure-storage',
    action: own('operationName'),
    outcome: outcomeOf(own('statusCode')),
    error: failed ? (own('statusText') ?? own('statusCode')) : undefined,
    account: /^\/subscriptions\/([^/]+)/i.exec(own('resourceId') ?? '')?.[1]?.toLowerCase(),
    region: own('location'),
    actor: {
      type: textAt(record, 'identity', 'type'),
      principal: who ?? textAt(record, 'identity', 'tokenHash'),
      name: requester('upn'),
      key: textAt(record, 'identity', 'tokenHash'),
    },
    address: plainAddress(own('callerIpAddress')),
    userAgent: textAt(record, 'properties', 'userAgentHeader'),
    resources: [
      textAt(record, 'properties', 'objectKey'),
      own('uri'),
      textAt(record, 'properties', 'accountName'),
    ],
  })
}

function outcomeOf(status: string | undefined): EventOutcome {
  if (status === undefined) return 'unknown'
  return Number(status) < 400 ? 'succeeded' : 'denied'
}
