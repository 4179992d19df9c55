import type { GoogleProjects } from '../organisation/types.ts'
import type { Recorder } from '../recorder.ts'
import type { Targets } from '../targets.ts'

export interface GoogleFlow {
  readonly google: GoogleProjects
  readonly machine: { readonly name: string; readonly address: string }
  readonly to: string
  readonly port: number
  readonly bytes: number
  readonly time: number
  /** Where the other end is said to be, if anywhere. */
  readonly place?: { readonly asn: number; readonly country: string }
}

/** Writes an entry of the flow log as the sender reports it; gives its `insertId`. Numbers of 64 bits are texts. */
export function googleFlow(recorder: Recorder, targets: Targets, flow: GoogleFlow): string {
  const { google, machine, place } = flow
  const { random } = recorder
  const insertId = random.letters(14).toLowerCase()
  const start = new Date(flow.time).toISOString()
  const end = new Date(flow.time + random.whole(1000, 9000)).toISOString()
  const entry = {
    insertId,
    jsonPayload: {
      bytes_sent: String(flow.bytes),
      packets_sent: String(Math.max(1, Math.ceil(flow.bytes / 1100))),
      connection: {
        src_ip: machine.address,
        src_port: random.whole(32_768, 60_999),
        dest_ip: flow.to,
        dest_port: flow.port,
        protocol: 6,
      },
      start_time: start,
      end_time: end,
      reporter: 'SRC',
      rtt_msec: String(random.around(30, 0.4)),
      src_instance: {
        project_id: google.project,
        region: google.zone.slice(0, -2),
        zone: google.zone,
        vm_name: machine.name,
      },
      src_vpc: { project_id: google.project, vpc_name: google.network, subnetwork_name: google.network },
      ...(place === undefined
        ? {}
        : { dest_location: { asn: place.asn, country: place.country, continent: 'Europe' } }),
    },
    resource: {
      type: 'gce_subnetwork',
      labels: {
        project_id: google.project,
        location: google.zone,
        subnetwork_name: google.network,
        subnetwork_id: google.number,
      },
    },
    timestamp: end,
    logName: `projects/${google.project}/logs/compute.googleapis.com%2Fvpc_flows`,
    receiveTimestamp: end,
  }
  recorder.other(targets.google('compute.googleapis.com/vpc_flows'), flow.time, JSON.stringify(entry))
  return insertId
}
