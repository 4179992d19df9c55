import { type Decision, shortAgent } from './decide.ts'
import type { Seen } from './history.ts'
import type { Move } from './move.ts'
import type { From } from './network.ts'

const SIGNED = 'holder of a shared access signature'

/** Credentials, or role and session; the network; the bucket; the log. */
export function keyOf(move: Move, from: From, bucket: string): string {
  const network = from.asn === undefined ? from.network : `AS${from.asn}`
  return JSON.stringify([callerOf(move), network, bucket, move.log])
}

/** By which credentials, or by which session of a role, a call is made. */
function callerOf({ event, anonymous, credential }: Move): string {
  const { key, role, session, principal } = event.hit.event.actor
  const by = role === undefined ? (key ?? principal ?? 'unknown') : `${role} ${session}`
  // Each object may have a signature of its own.
  const signed = credential.kind === 'signed-address' ? SIGNED : by
  return anonymous ? 'anonymous' : signed
}

/** The event as the past is asked about it. */
export function seenOf(move: Move, from: From, { destination }: Decision): Seen {
  const { event, source, thing, destinations } = move
  const { userAgent } = event.hit.event
  const identity = identityOf(move)
  return {
    time: event.time,
    bucket: source?.name ?? thing ?? 'unknown',
    identity,
    on: {
      identity,
      network: from.network,
      ...(from.asn === undefined ? {} : { asn: String(from.asn) }),
      ...(from.country === undefined ? {} : { country: from.country }),
      ...(userAgent === undefined ? {} : { tool: shortAgent(userAgent) }),
      ...(destinations.length === 0 ? {} : { destination }),
      hour: String(new Date(event.time).getUTCHours()),
    },
  }
}

/** Who stands behind a call across sessions. */
function identityOf({ event, anonymous, credential }: Move): string {
  const { principal, key } = event.hit.event.actor
  const signed = credential.kind === 'signed-address' ? SIGNED : (principal ?? key ?? 'unknown')
  return anonymous ? 'anonymous' : signed
}
