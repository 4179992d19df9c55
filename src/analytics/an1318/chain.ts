import type { AnalyticEvent } from '../analytic.ts'
import type { Flow } from '../flow.ts'
import type { Alert } from './alerts.ts'
import type { Click } from './clicks.ts'
import type { Fetch } from './fetches.ts'
import type { Launch } from './launch.ts'
import type { Lookup } from './lookups.ts'
import type { SessionEvidence } from './session.ts'

/** A launch, or a later start, of a machine whose image is in doubt, and what left it afterwards. */
export interface Chain {
  readonly launch: Launch
  readonly image: string
  /** No machine was launched from it before, in these logs. */
  readonly isNew: boolean
  readonly session: SessionEvidence
  /** The launch or start from which the time counts. */
  readonly event: AnalyticEvent
  readonly from: number
  readonly started: boolean
  /** What somebody looked for before, in words. */
  readonly hint?: string
  /** Who made the template, group or fleet, if it was not who launches. */
  readonly creator?: { readonly event: AnalyticEvent; readonly session: SessionEvidence }
  foreignSnapshot?: { readonly event: AnalyticEvent; readonly snapshot: string }
  readonly egress: Egress[]
  /** Address -> the lookup that gave it to the machine. */
  readonly names: Map<string, Lookup>
  /** What GuardDuty says of the machine. */
  readonly alerts: Alert[]
  /** What its role read of buckets that are not ours. */
  readonly fetches: Fetch[]
  /** A link into the console that was opened before. */
  readonly click?: Click
  /** By what its connections are known. */
  readonly keys: Set<string>
  /** Of all connections, within the window and later. */
  flows: number
  bytes: number
  ended?: number
  /** How a machine of Azure was found, where nothing names it. */
  guessed?: string
}

/** A connection that left, with how it was joined to the machine. */
export interface Egress {
  readonly flow: Flow
  readonly by: string
  readonly blocked: boolean
  /** The name that stands for the address, as the machine was told. */
  readonly lookup?: Lookup
}

/** Connections of a chain that are kept; all are counted. */
const MOST_KEPT = 20

export function leave(chain: Chain, egress: Egress): void {
  chain.flows++
  chain.bytes += egress.flow.bytes
  if (chain.egress.length < MOST_KEPT || (egress.blocked && chain.egress.length < 2 * MOST_KEPT))
    chain.egress.push(egress)
}

/** Addresses of one machine whose names are kept. */
const MOST = 1000

/** Remembers what a watched machine was told; the first name of an address stands. */
export function learn({ names }: Chain, lookup: Lookup): void {
  for (const address of lookup.addresses)
    if (names.size < MOST && !names.has(address)) names.set(address, lookup)
}
