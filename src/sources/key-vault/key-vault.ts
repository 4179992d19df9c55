import type { EventOutcome, NormalEvent } from '../../core/event.ts'
import type { JsonObject } from '../../core/json.ts'
import { says } from '../answering.ts'
import { type Additions, at, plainAddress, text, textAt, timeColumn, withMembers } from '../members.ts'
import { normalEvent } from '../normal-event.ts'
import type { Source } from '../source.ts'

/** The audit log of Azure's key vaults: Azure Monitor's export of AuditEvent, and rows of AzureDiagnostics. */
export const keyVault: Source = {
  id: 'key-vault',
  title: 'Azure Key Vault audit log',
  tags: {
    sourcetypes: ['azure:monitor:keyvault', 'mscs:azure:eventhub'],
    sourceCategories: ['azure/keyvault'],
  },
  answers: logsource => says(logsource, { products: ['azure'], services: ['keyvault', 'key_vault'] }),
  recognises,
  flat: record => (record['category'] === undefined ? withMembers(record, exportNames(record)) : record),
  eventId,
  eventTime: record => text(record['time']),
  normalise,
}

const OPERATION = /^(?:Secret|Key|Certificate|Vault|StorageAccount|Authentication|AccessPolicy)/

function recognises(record: JsonObject): boolean {
  if ((record['category'] ?? record['Category']) !== 'AuditEvent') return false
  const place = text(record['resourceId'] ?? record['ResourceId'] ?? record['_ResourceId'])
  if (place !== undefined) return /\/vaults\//i.test(place)
  const operation = record['operationName'] ?? record['OperationName']
  return typeof operation === 'string' && OPERATION.test(operation)
}

/** Azure Monitor's names for a row of Log Analytics, whose columns end in the letter of their type. */
function exportNames(record: JsonObject): Additions {
  const own = (name: string): JsonObject[string] => record[name] ?? null
  return {
    time: timeColumn(record, 'TimeGenerated'),
    category: record['Category'],
    operationName: record['OperationName'],
    resourceId: record['_ResourceId'] ?? record['ResourceId'],
    resultType: record['ResultType'],
    resultSignature: record['ResultSignature'],
    callerIpAddress: record['CallerIPAddress'],
    correlationId: record['CorrelationId'],
    identity: {
      claim: {
        upn: own('identity_claim_upn_s'),
        appid: own('identity_claim_appid_g'),
        oid: own('identity_claim_oid_g'),
      },
    },
    properties: {
      id: own('id_s'),
      requestUri: own('requestUri_s'),
      httpStatusCode: own('httpStatusCode_d'),
      clientInfo: own('clientInfo_s'),
    },
  }
}

/** A request has its correlation; clients may give several requests one. */
function eventId(record: JsonObject): string | undefined {
  const correlation = text(record['correlationId'])
  if (correlation === undefined) return
  const parts = [text(record['time']), text(record['operationName']), textAt(record, 'properties', 'id')]
  return [correlation, ...parts].filter(part => part !== undefined).join(' ')
}

const CLAIMS = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/'

function normalise(record: JsonObject): NormalEvent {
  const own = (name: string): string | undefined => text(record[name])
  const claims = at(record, 'identity', 'claim')
  const resource = own('resourceId')
  const person = textAt(claims, 'upn') ?? textAt(claims, `${CLAIMS}upn`)
  const application = textAt(claims, 'appid')
  const id =
    textAt(claims, 'oid') ?? textAt(claims, 'http://schemas.microsoft.com/identity/claims/objectidentifier')
  const outcome = outcomeOf(record)
  return normalEvent({
    id: eventId(record),
    timeText: own('time'),
    service: 'azure-key-vault',
    action: own('operationName'),
    outcome,
    error:
      outcome === 'denied'
        ? (own('resultSignature') ?? textAt(record, 'properties', 'httpStatusCode'))
        : undefined,
    errorMessage: outcome === 'denied' ? own('resultDescription') : undefined,
    account: /^\/subscriptions\/([^/]+)/i.exec(resource ?? '')?.[1]?.toLowerCase(),
    actor: {
      type: person === undefined ? 'application' : 'user',
      principal: person ?? application ?? id,
      name: person,
    },
    address: plainAddress(own('callerIpAddress')),
    userAgent: textAt(record, 'properties', 'clientInfo'),
    resources: [textAt(record, 'properties', 'id'), resource],
  })
}

/** The status of the answer tells more than the result, which only says that there was one. */
function outcomeOf(record: JsonObject): EventOutcome {
  const status = Number(textAt(record, 'properties', 'httpStatusCode') ?? Number.NaN)
  if (status >= 100) return status < 400 ? 'succeeded' : 'denied'
  const result = text(record['resultType'])
  return result === undefined ? 'unknown' : result === 'Success' ? 'succeeded' : 'denied'
}
