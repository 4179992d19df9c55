import { accountVerdict } from '../../context/account-verdict.ts'
import { bucketVerdict } from '../../context/bucket-verdict.ts'
import type { Context } from '../../context/context.ts'
import { endpointVerdict, networkVerdict } from '../../context/network-verdict.ts'
import { entryName } from '../../context/row.ts'
import { type Ownership, type Verdict, verdict } from '../../context/verdict.ts'
import { codeText } from '../words.ts'
import { type Destination, destinationText, type Move } from './move.ts'

/** Whether data leaves the organisation, and the rule that decided. */
export interface Decision {
  readonly verdict: Ownership
  /** A reason code of `context/verdict.ts`, or `everyone`, `caller-…`. */
  readonly rule: string
  /** Where data goes. */
  readonly destination: string
  /** The entry that decided. */
  readonly entry?: string
  /** Why it is not known, if it is not. */
  readonly reason?: string
  readonly caveats: readonly string[]
}

/** `internal (owner-listed: its owner is in an inventory as ours, accounts.yaml:3)` */
export function decisionText({ verdict: word, rule, entry, reason }: Decision): string {
  const parts = [reason === undefined ? codeText(rule) : `${rule}: ${reason}`, entry]
  return `${word} (${parts.filter(part => part !== undefined).join(', ')})`
}

/**
 * Where the data of a move goes, and whose that is. What the request names decides; if it names nothing, the caller is the
 * destination. Of several destinations the worst stands.
 */
export function decide(context: Context, move: Move, asn?: number): Decision {
  const [first, ...more] = move.destinations.map(one => decideDestination(context, one))
  if (first === undefined) return decideCaller(context, move, asn)
  return more.reduce((worst, one) => (RANK[one.verdict] > RANK[worst.verdict] ? one : worst), first)
}

const RANK: Record<Ownership, number> = { internal: 0, unknown: 1, external: 2 }

/** Blocked first; then its owner; then the inventory of buckets; else it is not known. */
function decideDestination(context: Context, destination: Destination): Decision {
  const words = destinationText(destination)
  switch (destination.kind) {
    case 'bucket':
      return of(words, bucketVerdict(context, destination.bucket))
    case 'account':
      return of(words, blocked(context, destination.id) ?? accountVerdict(context, destination.id))
    case 'everyone':
      return { verdict: 'external', rule: 'everyone', destination: words, caveats: [] }
    case 'service':
      return { verdict: 'internal', rule: 'provider-service', destination: words, caveats: [] }
    case 'host':
      return of(words, blocked(context, destination.name) ?? networkVerdict(context, destination.name))
    case 'unknown':
      return {
        verdict: 'unknown',
        rule: 'no-value',
        destination: words,
        reason: destination.reason,
        caveats: [],
      }
  }
}

/** The caller's network, credentials and identity are the destination of what is read. */
function decideCaller(context: Context, move: Move, asn: number | undefined): Decision {
  const { hit } = move.event
  const { actor, address } = hit.event
  const words = callerText(move, asn)
  const network = networkVerdict(context, address, asn === undefined ? {} : { asn })
  if (network.rule === 'blocked') return of(words, network)
  if (move.anonymous) return of(words, verdict('external', 'anonymous'))
  const account = move.callerAccount ?? actor.account
  const identity = accountVerdict(context, account)
  if (identity.verdict === 'external') return of(words, identity, 'caller-')
  if (move.endpoint !== undefined) {
    const endpoint = endpointVerdict(context, move.endpoint.id, move.endpoint.account)
    if (endpoint.verdict !== 'unknown') return of(words, endpoint, 'endpoint-')
  }
  if (actor.type === 'AWSService' || (network.rule === 'provider-service' && actor.invokedBy !== undefined))
    return of(words, verdict('internal', 'provider-service'))
  if (network.rule === 'provider-internal-address' && isOwnProgram(context, actor.principal))
    return of(words, verdict('internal', 'provider-internal-address'))
  return of(words, network)
}

/** A service account of one of our projects: `name@project.iam.gserviceaccount.com`. */
function isOwnProgram(context: Context, principal = ''): boolean {
  const [, project] = /@([a-z0-9-]+)\.iam\.gserviceaccount\.com$/.exec(principal) ?? []
  return accountVerdict(context, project).verdict === 'internal'
}

/** What a read tells of its destination: there is no other. */
function callerText({ event, credential, endpoint }: Move, asn: number | undefined): string {
  const { address, userAgent } = event.hit.event
  const where = address === undefined ? 'an unknown address' : address
  const network = asn === undefined ? '' : `, AS${asn}`
  const way = endpoint === undefined ? '' : `, through ${endpoint.id}`
  const tool = userAgent === undefined ? '' : `, with ${shortAgent(userAgent)}`
  return `the client at ${where}${network}${way}${tool} (${credential.kind})`
}

/** The first part of a user agent, and the command that follows it. */
export function shortAgent(text: string): string {
  const [head = ''] = text.replace(/^\[|\]$/g, '').split(' ')
  const command = /command[/#]([a-z0-9.-]+)/i.exec(text)?.[1]
  return (command === undefined ? head : `${head} ${command}`).slice(0, 80)
}

function blocked(context: Context, name: string): Verdict | undefined {
  const [entry] = context.lookups.named('blocked_destinations', 'destination', name)
  return entry === undefined ? undefined : verdict('external', 'blocked', { entry })
}

function of(destination: string, { verdict: word, rule, entry, caveats }: Verdict, prefix = ''): Decision {
  return {
    verdict: word,
    rule: `${prefix}${rule}`,
    destination,
    caveats,
    ...(entry === undefined ? {} : { entry: entryName(entry) }),
  }
}
