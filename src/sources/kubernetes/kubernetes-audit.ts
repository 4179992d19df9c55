import type { EventOutcome, NormalEvent } from '../../core/event.ts'
import { isObject, type JsonObject } from '../../core/json.ts'
import type { LogSource } from '../../core/log-source.ts'
import { type Expr, field } from '../../plan/expr.ts'
import { says } from '../answering.ts'
import { entryOf, isKubernetes, projectOf } from '../gcp/entry.ts'
import { gcpAudit } from '../gcp/gcp-audit.ts'
import { at, listOf, opened, text, textAt } from '../members.ts'
import { normalEvent } from '../normal-event.ts'
import type { Source } from '../source.ts'
import { engineEvent } from './engine-event.ts'

/** Kubernetes audit events: of a cluster's own log, of EKS and AKS, and of Google's engine, whose names are restored. */
export const kubernetesAudit: Source = {
  id: 'kubernetes-audit',
  title: 'Kubernetes audit log',
  tags: {
    sourcetypes: ['kube:apiserver:audit', 'aws:cloudwatchlogs:eks', 'kube:audit'],
    sourceCategories: ['kubernetes/audit', 'kubernetes', 'k8s/audit'],
    sources: ['kubernetes'],
  },
  answers: logsource => ofKubernetes(logsource) || gcpAudit.answers(logsource),
  about,
  recognises,
  flat,
  eventId,
  eventTime: record =>
    text(record['requestReceivedTimestamp'] ?? record['stageTimestamp'] ?? record['timestamp']),
  normalise,
}

function ofKubernetes(logsource: LogSource): boolean {
  return says(logsource, { products: ['kubernetes'], services: ['audit'], categories: ['application'] })
}

/** What Google's engine writes down stands in Google's audit log, so a rule about that is about it too. */
function about(logsource: LogSource): Expr | undefined {
  return ofKubernetes(logsource) ? undefined : { kind: 'exists', of: field('protoPayload') }
}

function recognises(record: JsonObject): boolean {
  const { apiVersion } = record
  if (typeof apiVersion === 'string' && apiVersion.startsWith('audit.k8s.io/'))
    return record['kind'] === 'Event'
  if (record['auditID'] !== undefined) return record['verb'] !== undefined || record['stage'] !== undefined
  if (record['verb'] !== undefined) return KEYS.some(key => record[key] !== undefined)
  const entry = entryOf(record)
  return entry === undefined ? isService(record) : isKubernetes(entry)
}

/** Azure's service has the event as a text in its log. */
function isService({ category, properties }: JsonObject): boolean {
  return (
    typeof category === 'string' &&
    category.startsWith('kube-audit') &&
    isObject(opened(at(properties, 'log')))
  )
}

function flat(record: JsonObject): JsonObject {
  const entry = entryOf(record)
  if (entry !== undefined) return engineEvent(entry)
  const inside = isService(record) ? opened(at(record, 'properties', 'log')) : undefined
  return isObject(inside) ? { ...record, ...inside } : record
}

/** Of a record that was cut down, one of these is left. */
const KEYS: readonly string[] = ['objectRef', 'requestURI', 'sourceIPs', 'responseStatus']

/** A request has a record for each stage. */
function eventId(record: JsonObject): string | undefined {
  const id = text(record['auditID'])
  return id === undefined
    ? undefined
    : [id, text(record['stage'])].filter(part => part !== undefined).join(' ')
}

function normalise(record: JsonObject): NormalEvent {
  const user = textAt(record, 'user', 'username')
  const code = textAt(record, 'responseStatus', 'code')
  const outcome = outcomeOf(record, code)
  return normalEvent({
    id: eventId(record),
    timeText: text(record['requestReceivedTimestamp'] ?? record['stageTimestamp'] ?? record['timestamp']),
    service: 'kubernetes',
    action: actionOf(record),
    outcome,
    error: outcome === 'denied' ? (textAt(record, 'responseStatus', 'reason') ?? code) : undefined,
    errorMessage: textAt(record, 'responseStatus', 'message'),
    account: projectOf(record),
    actor: {
      type: user?.startsWith('system:serviceaccount:') === true ? 'serviceAccount' : undefined,
      principal: user,
      name: user,
      arn: text(listOf(at(record, 'user', 'extra', 'arn'))[0]),
    },
    address: text(listOf(record['sourceIPs'])[0]),
    userAgent: text(record['userAgent']),
    resources: [resourceOf(record)],
  })
}

/** `create pods/exec` */
function actionOf(record: JsonObject): string | undefined {
  const verb = text(record['verb'])
  const parts = [textAt(record, 'objectRef', 'resource'), textAt(record, 'objectRef', 'subresource')]
  const object = parts.filter(part => part !== undefined).join('/')
  return object === '' ? verb : [verb, object].filter(part => part !== undefined).join(' ')
}

/** `namespace/resource/name`, or the path that was asked for. */
function resourceOf(record: JsonObject): string | undefined {
  const parts = ['namespace', 'resource', 'name'].map(name => textAt(record, 'objectRef', name))
  const there = parts.filter(part => part !== undefined)
  return there.length === 0 ? text(record['requestURI']) : there.join('/')
}

function outcomeOf(record: JsonObject, code: string | undefined): EventOutcome {
  if (textAt(record, 'annotations', 'authorization.k8s.io/decision') === 'forbid') return 'denied'
  if (code === undefined) return 'unknown'
  return Number(code) < 400 ? 'succeeded' : 'denied'
}
