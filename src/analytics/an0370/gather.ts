import { type Decision, decisionText } from './decide.ts'
import type { Move } from './move.ts'
import type { From } from './network.ts'
import { note, type Session, type Told } from './session.ts'

const RANK = { internal: 0, unknown: 1, external: 2 } as const
/** Decisions, destinations and credentials of one session that are kept. */
const MOST = 50

/** How the events of a session follow each other, whatever is told of them. */
export function follow(session: Session, { kind, denied }: Move): void {
  if (denied) session.denied += 1
  else if (session.denied > 0) session.deniedThenAllowed = true
  if (kind === 'list' && !denied) session.listed = true
  if ((kind === 'read' || kind === 'copy') && session.listed) session.listThenGet = true
}

/** Adds a move to what is told of its session. */
export function gather(told: Told, move: Move, decision: Decision, from: From): void {
  const { kind, event, denied, credential } = move
  const { address, userAgent } = event.hit.event
  told.kinds.set(kind, (told.kinds.get(kind) ?? 0) + 1)
  if (!denied) told.succeeded += 1
  if (!denied && (kind === 'read' || kind === 'copy' || kind === 'write'))
    gatherObject(told, { ...move, time: event.time })
  gatherDecision(told, move, decision)
  note(told.addresses, address)
  note(told.agents, userAgent)
  note(told.countries, from.country)
  note(told.asns, from.asn === undefined ? undefined : String(from.asn))
  if (told.credentials.size < MOST)
    told.credentials.set(credential.id ?? `-${credential.kind}`, credential.kind)
}

/** Counts an object that was read, copied or written. */
export function gatherObject(
  told: Told,
  { time, object, bytes }: Pick<Move, 'object' | 'bytes'> & { readonly time: number },
): void {
  told.objects += 1
  told.pace.add(time, bytes ?? 0)
  if (object !== undefined) told.paths.add(object)
  if (bytes === undefined) told.withoutBytes += 1
  else told.bytes += bytes
}

/** Adds where data goes, and whose that is. */
export function gatherDecision(told: Told, { destinations }: Move, decision: Decision): void {
  const text = decisionText(decision)
  if (told.decisions.size < MOST) told.decisions.set(text, decision)
  if (told.destinations.size < MOST) told.destinations.set(decision.destination, text)
  // Of two that are as bad, what the request names says more than who calls.
  const worse = RANK[decision.verdict] - RANK[told.decision.verdict]
  if (worse > 0 || (worse === 0 && destinations.length > 0 && !told.explicit)) told.decision = decision
  if (destinations.length > 0) told.explicit = true
  for (const caveat of decision.caveats) note(told.caveats, caveat)
}
