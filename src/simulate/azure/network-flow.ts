import type { AzureTenant } from '../organisation/types.ts'
import type { Recorder } from '../recorder.ts'
import type { Targets } from '../targets.ts'
import { precise } from './activity.ts'

export interface AzureFlow {
  readonly tenant: AzureTenant
  /** `000D3A5B7C9D` */
  readonly mac: string
  readonly from: string
  readonly to: string
  readonly port: number
  readonly bytesOut: number
  readonly bytesIn: number
  readonly time: number
}

/** Writes a record of a virtual network's flow log: one conversation, its beginning and its end; gives its tuples. */
export function azureFlow(recorder: Recorder, targets: Targets, flow: AzureFlow): readonly string[] {
  const { tenant, time, mac } = flow
  const { random } = recorder
  const group = `/subscriptions/${tenant.subscription}/resourceGroups/${tenant.group}/providers/Microsoft.Network`
  const ends = `${flow.from},${flow.to},${random.whole(32_768, 60_999)},${flow.port},6,O`
  const counts = [packets(flow.bytesOut), flow.bytesOut, packets(flow.bytesIn), flow.bytesIn].join(',')
  const tuples = [`${time},${ends},B,NX,0,0,0,0`, `${time + 41_000},${ends},E,NX,${counts}`]
  const record = {
    time: precise(time + 60_000),
    flowLogVersion: 4,
    flowLogGUID: random.uuid(),
    macAddress: mac,
    category: 'FlowLogFlowEvent',
    flowLogResourceID: `${group}/networkWatchers/watcher/flowLogs/${tenant.network}`.toUpperCase(),
    targetResourceID: `${group}/virtualNetworks/${tenant.network}`,
    operationName: 'FlowLogFlowEvent',
    flowRecords: {
      flows: [
        {
          aclID: random.uuid(),
          flowGroups: [{ rule: 'DefaultRule_AllowInternetOutBound', flowTuples: tuples }],
        },
      ],
    },
  }
  const target = targets.azure('insights-logs-flowlogflowevent', `${record.flowLogResourceID}/${mac}`)
  recorder.other(target, time, JSON.stringify(record))
  return tuples
}

function packets(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / 1100))
}
