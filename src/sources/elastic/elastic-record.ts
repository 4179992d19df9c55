import { isObject, type Json, type JsonObject } from '../../core/json.ts'
import { at, text, textAt } from '../members.ts'
import { type Growing, growing, put } from '../put.ts'
import { camelled } from './camel.ts'
import { elasticTrail } from './elastic-trail.ts'

/**
 * The record of the log that a document of Elastic's integrations was made of, beside the document's own members; undefined of any
 * other. Where `event.original` has the event, that is read.
 */
export function elasticRecord(document: JsonObject): JsonObject | undefined {
  if (document['@timestamp'] === undefined || textAt(document, 'event', 'original') !== undefined) return
  for (const { path, make } of LOGS) {
    const own = at(document, ...path)
    if (!isObject(own)) continue
    const record = growing(document)
    for (const [name, value] of Object.entries(make(own, document))) {
      if (value !== undefined && value !== null) put(record, name, value)
    }
    return record
  }
  return
}

type Made = { readonly [name: string]: Json | undefined }

interface Log {
  /** Where the integration keeps what is the log's own. */
  readonly path: readonly string[]
  readonly make: (own: JsonObject, document: JsonObject) => Made
}

const LOGS: readonly Log[] = [
  { path: ['aws', 'cloudtrail'], make: elasticTrail },
  { path: ['aws', 'vpcflow'], make: flow },
  { path: ['aws', 's3access'], make: access },
  { path: ['o365', 'audit'], make: office },
  { path: ['gcp', 'audit'], make: google },
  { path: ['azure', 'activitylogs'], make: azure },
  { path: ['azure', 'signinlogs'], make: azure },
  { path: ['azure', 'auditlogs'], make: azure },
  { path: ['kubernetes', 'audit'], make: own => own },
  { path: ['okta'], make: oktaEvent },
]

function flow(own: JsonObject, document: JsonObject): Made {
  return {
    ...own,
    srcaddr: textAt(document, 'source', 'address') ?? textAt(document, 'source', 'ip'),
    srcport: at(document, 'source', 'port'),
    dstaddr: textAt(document, 'destination', 'address') ?? textAt(document, 'destination', 'ip'),
    dstport: at(document, 'destination', 'port'),
    protocol: textAt(document, 'network', 'iana_number'),
    packets: at(document, 'source', 'packets') ?? at(document, 'network', 'packets'),
    bytes: at(document, 'source', 'bytes') ?? at(document, 'network', 'bytes'),
    start: at(document, 'event', 'start') ?? document['@timestamp'],
    end: at(document, 'event', 'end'),
  }
}

function access(own: JsonObject, document: JsonObject): Made {
  return {
    ...own,
    time: document['@timestamp'],
    remote_ip: own['remote_ip'] ?? textAt(document, 'source', 'ip'),
    user_agent: own['user_agent'] ?? textAt(document, 'user_agent', 'original'),
    http_status: own['http_status'] ?? textAt(document, 'http', 'response', 'status_code'),
  }
}

function office(own: JsonObject, document: JsonObject): Made {
  return {
    ...own,
    CreationTime: own['CreationTime'] ?? document['@timestamp'],
    Operation: own['Operation'] ?? textAt(document, 'event', 'action'),
    Workload: own['Workload'] ?? textAt(document, 'event', 'provider'),
    Id: own['Id'] ?? textAt(document, 'event', 'id'),
    UserId: own['UserId'] ?? textAt(document, 'user', 'id'),
    ClientIP: own['ClientIP'] ?? textAt(document, 'source', 'ip'),
    UserAgent: own['UserAgent'] ?? textAt(document, 'user_agent', 'original'),
  }
}

function google(own: JsonObject, document: JsonObject): Made {
  const payload: Growing = growing(camelled(own))
  const made: Made = {
    '@type': 'type.googleapis.com/google.cloud.audit.AuditLog',
    methodName: textAt(document, 'event', 'action'),
    serviceName: textAt(document, 'service', 'name'),
    requestMetadata: {
      callerIp: textAt(own, 'request_metadata', 'caller_ip') ?? textAt(document, 'source', 'ip') ?? null,
      callerSuppliedUserAgent: textAt(document, 'user_agent', 'original') ?? null,
    },
  }
  for (const [name, value] of Object.entries(made)) {
    if (value !== undefined && payload[name] === undefined) put(payload, name, value)
  }
  return {
    protoPayload: payload,
    insertId: textAt(document, 'event', 'id'),
    timestamp: document['@timestamp'],
    logName: textAt(document, 'log', 'logger'),
    resource: { type: null, labels: { project_id: textAt(document, 'cloud', 'project', 'id') ?? null } },
  }
}

function azure(own: JsonObject, document: JsonObject): Made {
  const shared = at(document, 'azure')
  return {
    ...camelled(own),
    time: document['@timestamp'],
    correlationId: textAt(shared, 'correlation_id'),
    resourceId: textAt(shared, 'resource', 'id'),
    tenantId: textAt(shared, 'tenant_id'),
    subscriptionId: textAt(shared, 'subscription_id'),
    callerIpAddress: textAt(document, 'source', 'ip'),
    caller: textAt(document, 'user', 'email') ?? textAt(document, 'user', 'name'),
  }
}

function oktaEvent(own: JsonObject, document: JsonObject): Made {
  const event = camelled(own)
  const client = event['client']
  return {
    ...event,
    published: document['@timestamp'],
    uuid: event['uuid'] ?? text(at(document, 'event', 'id')),
    client: {
      ...(isObject(client) ? client : {}),
      ipAddress: textAt(client, 'ip') ?? textAt(document, 'source', 'ip') ?? null,
    },
  }
}
