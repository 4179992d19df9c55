import { foreignAddress } from './organisation/addresses.ts'
import type { Machine } from './organisation/types.ts'
import type { Recorder } from './recorder.ts'
import { MINUTE, SECOND } from './span.ts'

/** One conversation, seen in both directions. */
export interface Conversation {
  readonly machine: Machine
  readonly peer: string
  readonly peerPort: number
  /** UTC ms, of the first packet. */
  readonly start: number
  readonly bytesOut: number
  readonly bytesIn: number
  readonly protocol?: 6 | 17
  readonly service?: string
}

/** Writes both rows of a conversation; gives those that were logged. */
export function converse(recorder: Recorder, talk: Conversation): readonly string[] {
  const { random } = recorder
  const { bytesOut, bytesIn, protocol = 6, ...rest } = talk
  const interval = talk.machine.network.flowLog?.form === 'long' ? 60 : 600
  const end = talk.start + random.whole(20, interval - 2) * SECOND
  const common = { ...rest, protocol, end, port: random.whole(32_768, 60_999) }
  const rows = [
    recorder.flow({ ...common, direction: 'egress', bytes: bytesOut, packets: packetsOf(bytesOut) }),
    recorder.flow({ ...common, direction: 'ingress', bytes: bytesIn, packets: packetsOf(bytesIn) }),
  ]
  return rows.filter(row => row !== undefined)
}

/** What a machine says of itself when it starts: the time, packages from a mirror, and the services of the cloud. */
export function bootTraffic(
  recorder: Recorder,
  machine: Machine,
  mirror: string,
  start: number,
): readonly string[] {
  const { random } = recorder
  return [
    ...converse(recorder, {
      machine,
      peer: '169.254.169.123',
      peerPort: 123,
      protocol: 17,
      start,
      bytesOut: 76,
      bytesIn: 76,
    }),
    ...converse(recorder, {
      machine,
      peer: mirror,
      peerPort: 443,
      start: start + random.whole(2, 30) * SECOND,
      bytesOut: random.around(40_000, 0.5),
      bytesIn: random.around(30_000_000, 0.6),
    }),
  ]
}

/** Only neighbours: nothing leaves the network. */
export function insideTraffic(recorder: Recorder, machine: Machine, start: number): readonly string[] {
  const peer = `${machine.subnet.prefix}2`
  const talk = { machine, peer, peerPort: 53, protocol: 17, bytesOut: 310, bytesIn: 940 } as const
  return converse(recorder, { ...talk, start: start + MINUTE })
}

/** A minute or ten in which the machine said nothing. */
export function silence(recorder: Recorder, machine: Machine, start: number): void {
  const nobody = {
    peer: '-',
    peerPort: 0,
    port: 0,
    direction: 'egress',
    protocol: 6,
    bytes: 0,
    packets: 0,
  } as const
  recorder.flow({ ...nobody, machine, start, end: start + 58 * SECOND, empty: true })
}

/** Somebody outside knocks and is refused. */
export function knock(recorder: Recorder, machine: Machine, start: number): void {
  const { random } = recorder
  recorder.flow({
    machine,
    peer: foreignAddress(random),
    peerPort: random.whole(32_768, 60_999),
    port: random.pick([22, 23, 445, 3389, 8080]),
    direction: 'ingress',
    protocol: 6,
    bytes: 44,
    packets: 1,
    start,
    end: start + random.whole(10, 55) * SECOND,
    action: 'REJECT',
  })
}

function packetsOf(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / 1100))
}
