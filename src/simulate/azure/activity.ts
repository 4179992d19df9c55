import type { Json } from '../../core/json.ts'
import type { AzureTenant } from '../organisation/types.ts'
import type { Recorder } from '../recorder.ts'
import type { Targets } from '../targets.ts'

/** The portal, the command line and a pipeline, by the ids that everybody's tokens carry for them. */
export const AZURE_CLIENTS = {
  portal: 'c44b4083-3bb0-49c1-b47d-974e53cbdf3c',
  cli: '04b07795-8ddb-461a-bbee-02f9e1bf7b46',
} as const

export interface AzureCall {
  readonly tenant: AzureTenant
  readonly mail: string
  readonly client: string
  readonly address: string
  /** `MICROSOFT.COMPUTE/VIRTUALMACHINES/WRITE` */
  readonly operation: string
  /** From the resource group on. */
  readonly resource: string
  readonly time: number
  readonly body?: Json
}

/** Writes the records of one operation, its start and its end; gives the correlation id that they share. */
export function azureActivity(recorder: Recorder, targets: Targets, call: AzureCall): string {
  const { tenant, time } = call
  const correlation = recorder.random.uuid()
  const target = targets.azure(
    'insights-activity-logs',
    `/SUBSCRIPTIONS/${tenant.subscription.toUpperCase()}`,
  )
  for (const [result, delay] of [
    ['Start', 0],
    ['Success', 3200],
  ] as const) {
    recorder.other(
      target,
      time + delay,
      JSON.stringify(record(call, { correlation, result, delay }, recorder)),
    )
  }
  return correlation
}

function record(
  call: AzureCall,
  step: { readonly correlation: string; readonly result: string; readonly delay: number },
  recorder: Recorder,
): object {
  const { tenant, mail, client, operation, resource, address } = call
  const scope = `/subscriptions/${tenant.subscription}/resourceGroups/${tenant.group}/${resource}`
  const started = step.result === 'Start'
  return {
    time: precise(call.time + step.delay),
    resourceId: scope.toUpperCase(),
    operationName: operation,
    category: 'Administrative',
    resultType: step.result,
    resultSignature: started ? 'Started.' : 'Succeeded.OK',
    durationMs: String(step.delay),
    callerIpAddress: address,
    correlationId: step.correlation,
    identity: {
      authorization: {
        scope,
        action: operation,
        evidence: {
          role: 'Contributor',
          roleAssignmentScope: `/subscriptions/${tenant.subscription}`,
          principalType: 'User',
        },
      },
      claims: {
        aud: 'https://management.core.windows.net/',
        iss: `https://sts.windows.net/${tenant.tenant}/`,
        appid: client,
        ipaddr: address,
        name: mail,
        'http://schemas.microsoft.com/claims/authnmethodsreferences': 'pwd,mfa',
        'http://schemas.microsoft.com/identity/claims/tenantid': tenant.tenant,
        'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn': mail,
      },
    },
    level: 'Information',
    properties: {
      eventCategory: 'Administrative',
      entity: scope,
      message: operation,
      hierarchy: `${tenant.tenant}/${tenant.subscription}`,
      ...(call.body === undefined || !started ? {} : { requestbody: JSON.stringify(call.body) }),
      ...(started ? {} : { statusCode: 'OK', serviceRequestId: recorder.random.uuid() }),
    },
    tenantId: tenant.tenant,
  }
}

/** A time with seven digits below the second, as Azure writes it. */
export function precise(time: number): string {
  return `${new Date(time).toISOString().slice(0, -1)}0000Z`
}
