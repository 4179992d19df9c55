import type { EventOutcome, NormalEvent } from '../../core/event.ts'
import type { JsonObject } from '../../core/json.ts'
import { says } from '../answering.ts'
import { at, listOf, plainAddress, text, textAt } from '../members.ts'
import { normalEvent } from '../normal-event.ts'
import type { Source, Tags } from '../source.ts'
import { flat } from './flat.ts'
import { type Kind, kindOf } from './forms.ts'

const CATEGORIES = ['azure/ad', 'azure/entra', 'azure/activedirectory']
const GRAPH: Readonly<Record<Kind, string>> = {
  signin: 'azure:aad:signin',
  audit: 'azure:aad:audit',
  risk: 'azure:aad:identity_protection:risk_detection',
}

/** Sign-ins to Microsoft Entra: by people, applications and managed identities, in every form. */
export const entraSignin: Source = {
  ...entra('signin'),
  id: 'entra-signin',
  title: 'Microsoft Entra sign-ins',
  answers: logsource => says(logsource, { products: ['azure'], services: ['signinlogs'] }),
}

/** Changes in the Microsoft Entra directory. */
export const entraAudit: Source = {
  ...entra('audit'),
  id: 'entra-audit',
  title: 'Microsoft Entra audit log',
  answers: logsource => says(logsource, { products: ['azure'], services: ['auditlogs'] }),
}

/** What Microsoft Entra ID Protection takes for risky, and alerts of Privileged Identity Management. */
export const entraRisk: Source = {
  ...entra('risk'),
  id: 'entra-risk',
  title: 'Microsoft Entra risk detections',
  answers: logsource => says(logsource, { products: ['azure'], services: ['riskdetection', 'pim'] }),
}

function entra(kind: Kind): Omit<Source, 'id' | 'title' | 'answers'> {
  const exported = ['azure:monitor:aad', GRAPH[kind], 'mscs:azure:eventhub']
  const fetched = [GRAPH[kind], 'o365:graph:api', 'azure:monitor:aad']
  const tags = (sourcetypes: readonly string[]): Tags => ({ sourcetypes, sourceCategories: CATEGORIES })
  const [ofExport, ofGraph] = [tags(exported), tags(fetched)]
  return {
    tags: tags([...new Set([...exported, ...fetched])]),
    tagsOf: record =>
      record['tenantId'] === undefined && record['resourceId'] === undefined ? ofGraph : ofExport,
    inside: 'properties.',
    recognises: record => kindOf(record)?.[0] === kind,
    flat,
    eventId,
    eventTime,
    normalise: record => normalise(record, kind),
  }
}

/** An event of Azure Monitor has its id in `properties`; one without has its correlation, operation and time. */
function eventId(record: JsonObject): string | undefined {
  const own = text(record['id'] ?? record['Id']) ?? textAt(record, 'properties', 'id')
  if (own !== undefined) return own
  const correlation = text(record['correlationId'] ?? record['CorrelationId'])
  const time = eventTime(record)
  return correlation === undefined || time === undefined
    ? undefined
    : [correlation, time, text(record['operationName'])].filter(part => part !== undefined).join(' ')
}

/** When it happened, which Azure Monitor's own time may be long after. */
function eventTime(record: JsonObject): string | undefined {
  const { properties } = record
  return (
    textAt(properties, 'activityDateTime') ??
    textAt(properties, 'createdDateTime') ??
    text(record['time'] ?? record['TimeGenerated'] ?? record['createdDateTime'] ?? record['activityDateTime'])
  )
}

function normalise(record: JsonObject, kind: Kind): NormalEvent {
  const { properties } = record
  const own = (...path: readonly string[]): string | undefined => textAt(properties, ...path)
  const code = text(record['resultType'])
  const user = own('initiatedBy', 'user', 'userPrincipalName') ?? own('userPrincipalName')
  const app = own('initiatedBy', 'app', 'displayName') ?? own('servicePrincipalName') ?? own('appDisplayName')
  const byUser = user ?? own('initiatedBy', 'user', 'id')
  return normalEvent({
    id: eventId(record),
    timeText: eventTime(record),
    service: own('loggedByService') ?? 'Microsoft Entra',
    action: text(record['operationName']),
    outcome: kind === 'risk' ? 'unknown' : outcomeOf(own('result'), code),
    error: kind === 'signin' && code !== '0' ? code : undefined,
    errorMessage: own('status', 'failureReason') ?? own('resultReason'),
    // A table's `TenantId` is the workspace.
    account: text(record['tenantId']) ?? text(record['AADTenantId']) ?? own('tenantId'),
    // A table has the country by itself.
    region: own('location', 'countryOrRegion') ?? own('location'),
    actor: {
      type: byUser === undefined ? 'application' : 'user',
      principal: byUser ?? app,
      name: user ?? app,
      session: own('sessionId'),
      mfa: own('authenticationRequirement') === 'multiFactorAuthentication' ? true : undefined,
    },
    address: plainAddress(addressOf(record)),
    userAgent: text(record['userAgent']),
    resources: [
      own('resourceDisplayName'),
      ...listOf(at(properties, 'targetResources')).map(
        target =>
          textAt(target, 'userPrincipalName') ?? textAt(target, 'displayName') ?? textAt(target, 'id'),
      ),
    ],
  })
}

function addressOf(record: JsonObject): string | undefined {
  const { properties } = record
  return (
    textAt(properties, 'ipAddress') ??
    textAt(properties, 'initiatedBy', 'user', 'ipAddress') ??
    text(record['callerIpAddress'])
  )
}

function outcomeOf(result: string | undefined, code: string | undefined): EventOutcome {
  const word = result?.toLowerCase()
  if (word !== undefined) return word === 'success' ? 'succeeded' : word === 'failure' ? 'denied' : 'unknown'
  if (code === undefined) return 'unknown'
  return code === '0' ? 'succeeded' : 'denied'
}
