import type { Json, JsonObject } from '../../core/json.ts'
import type { GoogleProjects } from '../organisation/types.ts'
import type { Recorder } from '../recorder.ts'
import type { Targets } from '../targets.ts'

export interface GoogleCall {
  readonly google: GoogleProjects
  readonly mail: string
  readonly address: string
  readonly userAgent: string
  readonly service: string
  readonly method: string
  /** `projects/…` */
  readonly resource: string
  readonly kind: { readonly type: string; readonly labels: JsonObject }
  readonly time: number
  /** Of data: reads and writes of what is stored. */
  readonly data?: boolean
  readonly permission?: string
  readonly request?: Json
  readonly metadata?: Json
}

/** How a browser and the command line name themselves. */
export const GOOGLE_AGENTS = {
  console:
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.0.0 Safari/537.36,gzip(gfe)',
  tool: 'google-cloud-sdk gcloud/490.0.0 command/gcloud.storage.cp invocation-id/00 environment/None,gzip(gfe)',
  terraform:
    'google-api-go-client/0.5 Terraform/1.9.5 (+https://www.terraform.io) terraform-provider-google/6.0.1,gzip(gfe)',
} as const

/** Writes an audit entry; gives its `insertId`. */
export function googleAudit(recorder: Recorder, targets: Targets, call: GoogleCall): string {
  const { google, data = false } = call
  const { random } = recorder
  const insertId = random.letters(14).toLowerCase()
  const log = data ? 'data_access' : 'activity'
  const time = new Date(call.time).toISOString()
  const entry = {
    protoPayload: {
      '@type': 'type.googleapis.com/google.cloud.audit.AuditLog',
      status: {},
      authenticationInfo: { principalEmail: call.mail },
      requestMetadata: {
        callerIp: call.address,
        callerSuppliedUserAgent: call.userAgent,
        requestAttributes: { time },
        destinationAttributes: {},
      },
      serviceName: call.service,
      methodName: call.method,
      authorizationInfo:
        call.permission === undefined
          ? []
          : [{ resource: call.resource, permission: call.permission, granted: true }],
      resourceName: call.resource,
      ...(call.request === undefined ? {} : { request: call.request }),
      ...(call.metadata === undefined ? {} : { metadata: call.metadata }),
    },
    insertId,
    resource: { type: call.kind.type, labels: { project_id: google.project, ...call.kind.labels } },
    timestamp: time,
    severity: data ? 'INFO' : 'NOTICE',
    logName: `projects/${google.project}/logs/cloudaudit.googleapis.com%2F${log}`,
    receiveTimestamp: new Date(call.time + 900).toISOString(),
  }
  recorder.other(targets.google(`cloudaudit.googleapis.com/${log}`), call.time, JSON.stringify(entry))
  return insertId
}
