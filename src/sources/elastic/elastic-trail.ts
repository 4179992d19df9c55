import { isObject, type Json, type JsonObject } from '../../core/json.ts'
import { looseLiteral } from '../loose-literal.ts'
import { at, text, textAt } from '../members.ts'

/** The members of CloudTrail in a document of Elastic's integration. */
export function elasticTrail(
  own: JsonObject,
  document: JsonObject,
): { readonly [name: string]: Json | undefined } {
  return {
    eventVersion: own['event_version'],
    eventTime: document['@timestamp'],
    eventSource: textAt(document, 'event', 'provider'),
    eventName: textAt(document, 'event', 'action'),
    awsRegion: textAt(document, 'cloud', 'region'),
    sourceIPAddress: textAt(document, 'source', 'address') ?? textAt(document, 'source', 'ip'),
    userAgent: textAt(document, 'user_agent', 'original'),
    errorCode: own['error_code'],
    errorMessage: own['error_message'],
    requestID: own['request_id'],
    eventID: textAt(document, 'event', 'id'),
    eventType: own['event_type'],
    eventCategory: own['event_category'],
    apiVersion: own['api_version'],
    managementEvent: own['management_event'],
    readOnly: own['read_only'],
    recipientAccountId: own['recipient_account_id'] ?? textAt(document, 'cloud', 'account', 'id'),
    sharedEventID: own['shared_event_id'],
    vpcEndpointId: own['vpc_endpoint_id'],
    userIdentity: identityOf(at(own, 'user_identity'), document),
    requestParameters: partOf(own, 'request_parameters'),
    responseElements: partOf(own, 'response_elements'),
    additionalEventData: partOf(own, 'additional_eventdata'),
    serviceEventDetails: partOf(own, 'service_event_details'),
    resources: resourcesOf(own['resources']),
  }
}

/** As objects under `flattened`, else as a text such as `{name=t, includeShadowTrails=false}`. */
function partOf(own: JsonObject, name: string): Json | undefined {
  const written = text(own[name])
  return (
    at(own, 'flattened', name) ?? (written === undefined ? undefined : (looseLiteral(written) ?? written))
  )
}

/** Of a session the user's name is that of its role. */
function identityOf(identity: Json | undefined, document: JsonObject): JsonObject {
  const type = textAt(identity, 'type')
  const session = at(identity, 'session_context')
  const issuer = at(session, 'session_issuer')
  const name = textAt(document, 'user', 'name')
  const made: { readonly [name: string]: Json | undefined } = {
    type,
    principalId: textAt(document, 'user', 'id'),
    arn: textAt(identity, 'arn'),
    accountId: textAt(identity, 'account_id') ?? textAt(issuer, 'account_id'),
    accessKeyId: textAt(identity, 'access_key_id'),
    invokedBy: textAt(identity, 'invoked_by'),
    userName: type === 'AssumedRole' ? undefined : name,
    sessionContext: isObject(session)
      ? withoutAbsent({
          attributes: withoutAbsent({
            mfaAuthenticated: textAt(session, 'mfa_authenticated'),
            creationDate: textAt(session, 'creation_date'),
          }),
          sessionIssuer: isObject(issuer)
            ? withoutAbsent({
                type: textAt(issuer, 'type'),
                principalId: textAt(issuer, 'principal_id'),
                arn: textAt(issuer, 'arn'),
                accountId: textAt(issuer, 'account_id'),
                userName: name,
              })
            : undefined,
        })
      : undefined,
  }
  return withoutAbsent(made)
}

function withoutAbsent(object: { readonly [name: string]: Json | undefined }): JsonObject {
  return Object.fromEntries(
    Object.entries(object).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  )
}

function resourcesOf(resources: Json | undefined): Json | undefined {
  const list = Array.isArray(resources) ? resources : resources === undefined ? [] : [resources]
  const named = list.filter(isObject).map(one =>
    withoutAbsent({
      ARN: textAt(one, 'arn'),
      accountId: textAt(one, 'account_id'),
      type: textAt(one, 'type'),
    }),
  )
  return named.length === 0 ? undefined : named
}
