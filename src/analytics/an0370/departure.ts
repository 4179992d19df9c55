import type { World } from '../analytic.ts'
import type { Cases } from '../cases.ts'
import type { Flow } from '../flow.ts'
import { approvalOf } from './approval.ts'
import { gatherObject } from './gather.ts'
import { type Amount, type Machine, type Reads, takeReads } from './machine-reads.ts'
import type { Move } from './move.ts'
import { note, type Told } from './session.ts'

/** The reader, who now sends to where a connection goes. */
export function departure(read: Move, { to, event }: Flow): Move {
  return {
    ...read,
    kind: 'departure',
    log: 'flow',
    destinations: [{ kind: 'host', name: to }],
    event: { ...read.event, time: event.time },
  }
}

/** One caller on one machine, one bucket, one address. */
export function keyOf({ session, machine }: Reads, { to }: Flow): string {
  const [caller = '', , bucket = ''] = JSON.parse(session.key) as readonly string[]
  return JSON.stringify([caller, machine, bucket, 'flow', to])
}

/**
 * Of several buckets that a machine read, what leaves is of one from which it may go there, if as much was read of it; else most
 * likely of that of which most was read.
 */
export function mostLikely(
  { reads, sent }: Machine,
  flow: Flow,
  { world, window }: { readonly world: World; readonly window: number },
): Reads | undefined {
  const { time } = flow.event
  const found = [...reads.values()].filter(({ last }) => time - last <= window)
  for (const { recent } of found) recent.forget(time)
  if (found.length < 2) return found[0]
  const bytes = (sent.get(flow.to)?.bytes ?? 0) + flow.bytes
  const agreed = found.filter(({ recent, session }) => {
    if (recent.bytes < bytes) return false
    const { verdict } = approvalOf(world.context, departure(session.latest, flow), bytes)
    return verdict === 'approved' || verdict === 'approved-with-deviation'
  })
  return (agreed.length > 0 ? agreed : found).reduce((most, one) =>
    one.recent.bytes > most.recent.bytes ? one : most,
  )
}

/** Adds what was read since the last connection to that address. */
export function takeIn(
  { cases, world }: { readonly cases: Cases; readonly world: World },
  told: Told,
  { reads, to }: { readonly reads: Reads; readonly to: string },
): void {
  const { count, bytes, objects, events } = takeReads(reads, to)
  if (count === 0) return
  const before = { count: told.objects, bytes: told.bytes }
  for (const one of objects) {
    gatherObject(told, one)
    if (world.doubted(one.id)) told.doubted.push(one.id)
  }
  told.paths.beyond += count - objects.length
  told.objects = before.count + count
  told.bytes = before.bytes + bytes
  told.kinds.set('read', told.objects)
  for (const event of events) {
    cases.add(told.case, event)
    note(told.addresses, event.hit.event.address)
    note(told.agents, event.hit.event.userAgent)
  }
}

/** Counts connections, of which these are the latest, as ones by which data left. */
export function sendAll(told: Told, flows: readonly Flow[], { count, bytes }: Amount): void {
  const [first] = flows
  const last = flows.at(-1)
  if (first === undefined || last === undefined) return
  const { time } = first.event
  told.sent ??= { bytes: 0, connections: 0, from: time, to: time, machine: machineOf(first) }
  told.sent.bytes += bytes
  told.sent.connections += count
  told.sent.to = last.event.time
  told.kinds.set('departure', told.sent.connections)
  told.succeeded += count
}

function machineOf({ machine, interface: card, from }: Flow): string {
  return machine ?? (card === undefined ? from : `${card} (${from})`)
}
