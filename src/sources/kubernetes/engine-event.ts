import type { JsonObject } from '../../core/json.ts'
import { auditOf } from '../gcp/entry.ts'
import { flat } from '../gcp/gcp-audit.ts'
import { type Additions, at, textAt, withMembers } from '../members.ts'

/** An audit event of Google's Kubernetes engine with the names of Kubernetes beside those of Google. */
export function engineEvent(entry: JsonObject): JsonObject {
  const audit = auditOf(entry)
  const [verb, resource] = verbOf(textAt(audit, 'methodName') ?? '')
  const path = partsOf(textAt(audit, 'resourceName') ?? '')
  const additions: Additions = {
    auditID: at(entry, 'insertId'),
    kind: 'Event',
    stage: 'ResponseComplete',
    verb,
    user: { username: at(audit, 'authenticationInfo', 'principalEmail') ?? null },
    sourceIPs: [at(audit, 'requestMetadata', 'callerIp') ?? null],
    userAgent: at(audit, 'requestMetadata', 'callerSuppliedUserAgent'),
    objectRef: { resource: resource ?? null, ...path },
    requestURI: `/${textAt(audit, 'resourceName') ?? ''}`,
    requestObject: at(audit, 'request'),
    responseObject: at(audit, 'response'),
    responseStatus: {
      code: statusOf(textAt(audit, 'status', 'code')),
      message: at(audit, 'status', 'message') ?? null,
    },
    requestReceivedTimestamp: at(entry, 'timestamp'),
  }
  return withMembers(flat(entry), additions)
}

/** `io.k8s.core.v1.pods.exec.create` is the verb `create` on `pods`. */
function verbOf(method: string): readonly [string | undefined, string | undefined] {
  const parts =
    /^io\.k8s\.(?:.*\.)?v\d\w*\.(.+)$/.exec(method)?.[1]?.split('.') ?? method.split('.').slice(-2)
  return [parts.at(-1), parts.length > 1 ? parts[0] : undefined]
}

/** `core/v1/namespaces/a/pods/b/exec` */
function partsOf(name: string): JsonObject {
  const parts = name.split('/')
  const [group = '', version = '', ...rest] = parts
  const spaced = rest[0] === 'namespaces' && rest.length > 2
  const [, object = null, subresource = null] = spaced ? rest.slice(2) : rest
  return {
    apiGroup: group === 'core' ? '' : group,
    apiVersion: version,
    namespace: spaced ? (rest[1] ?? null) : null,
    name: object,
    subresource,
  }
}

/** Google's codes of remote calls as those of HTTP, as far as they tell access. */
const STATUS: ReadonlyMap<string, number> = new Map([
  ['5', 404],
  ['6', 409],
  ['7', 403],
  ['16', 401],
])

function statusOf(code: string | undefined): number {
  return code === undefined || code === '0' ? 200 : (STATUS.get(code) ?? 500)
}
