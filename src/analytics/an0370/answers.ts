import type { ClassVerdict } from '../../context/identity-class.ts'
import { cell, entryName, type Row } from '../../context/row.ts'
import { bytesText, counted, firstFew, thousands } from '../../core/quantity.ts'
import type { Answer } from '../../findings/sections.ts'
import { approvalText } from './approval.ts'
import { decisionText } from './decide.ts'
import type { CredentialKind, Move } from './move.ts'
import type { Session, Told } from './session.ts'

/** Prefixes and keys that are shown; the full list is exported. */
const MOST_PREFIXES = 10
const MOST_SAMPLE = 10

/** The six questions, each with a value or `unknown: reason`. */
export function answersOf(
  session: Session,
  told: Told,
  of: { readonly class: ClassVerdict; readonly network: string; readonly country: string },
): readonly Answer[] {
  return [
    who(session, told, of.class),
    whence(told, of),
    withWhat(session, told),
    what(session, told),
    whither(told),
    { question: 'does it match an approved workflow', value: approvalText(told.approval) },
  ]
}

/** Why nobody can be named, if so. */
function nobodyIn({ anonymous, credential, event }: Move): string | undefined {
  if (anonymous) return 'unknown: the call is anonymous'
  if (credential.kind === 'signed-address' || credential.kind === 'account-key')
    return 'unknown: whoever has the key or the signature'
  return event.hit.event.actor.principal === undefined ? 'unknown: the log names nobody' : undefined
}

function who({ latest }: Session, { sent, unobserved }: Told, verdict: ClassVerdict): Answer {
  const { actor } = latest.event.hit.event
  const word =
    verdict.class === 'unknown'
      ? 'class unknown: no entry of identities, and the log does not tell'
      : `${verdict.class} (${verdict.rule})`
  const nobody =
    unobserved === undefined
      ? nobodyIn(latest)
      : `unknown: flow logs name no identity; the machine is ${sent?.machine}`
  const session = actor.session === undefined ? '' : `, session ${actor.session}`
  const mfa = actor.mfa === undefined ? '' : `, ${actor.mfa ? 'with' : 'without'} MFA`
  return {
    question: 'who',
    value: nobody ?? `${actor.principal}${session}, ${word}${mfa}`,
    details: details({
      account: actor.account === undefined ? [] : [actor.account],
      entry: verdict.entry === undefined ? [] : [entryName(verdict.entry)],
      'on behalf of': actor.invokedBy === undefined ? [] : [actor.invokedBy],
    }),
  }
}

function whence(
  { addresses, agents, asns }: Told,
  { network, country }: { readonly network: string; readonly country: string },
): Answer {
  const list = [...addresses]
  return {
    question: 'from where',
    value:
      list.length === 0
        ? 'unknown: the log has no address'
        : `${firstFew(list, 3)}: network ${network}, ${country}`,
    details: details({
      addresses: list,
      'user agents': [...agents],
      networks: [...asns].map(asn => `AS${asn}`),
    }),
  }
}

const CREDENTIALS: Record<CredentialKind, string> = {
  'long-lived-key': 'long-lived access key',
  session: 'temporary credentials',
  console: 'console session',
  presigned: 'presigned address',
  'signed-address': 'shared access signature',
  'account-key': 'key of the storage account',
  oauth: 'OAuth token',
  service: 'the service itself',
  none: 'none: anonymous',
  unknown: 'unknown: the log does not tell',
}

function withWhat({ latest }: Session, { credentials }: Told): Answer {
  const { role } = latest.event.hit.event.actor
  const list = [...credentials].map(([id, kind]) =>
    id.startsWith('-') ? CREDENTIALS[kind] : `${CREDENTIALS[kind]} ${id}`,
  )
  const as = role === undefined ? '' : ` of role ${role}`
  return {
    question: 'with which credentials or role',
    value: list.length === 0 ? 'unknown: the log does not tell' : `${firstFew(list, 2)}${as}`,
    details: details({ credentials: list }),
  }
}

function what({ latest, sensitive }: Session, told: Told): Answer {
  const { source, thing } = latest
  const { paths, objects, bytes, withoutBytes } = told
  const name = source?.name ?? thing
  if (told.unobserved !== undefined) return unrecorded(told.unobserved)
  const amount =
    objects === 0
      ? withoutObjects(told)
      : `${paths.beyond > 0 ? 'at least ' : ''}${counted(paths.distinct, 'distinct object')} under ${counted(paths.distinctPrefixes, 'prefix', 'prefixes')}, ${bytesOf(bytes, withoutBytes, objects)}`
  return {
    question: 'which bucket and paths',
    value: `${name ?? 'unknown: the log does not name the source'} (${classText(sensitive)}): ${amount}`,
    details: details({
      prefixes: paths.topPrefixes(MOST_PREFIXES),
      sample: paths.sample(MOST_SAMPLE),
      events: objects === 0 ? [] : [thousands(objects)],
      'most in ten minutes':
        objects === 0
          ? []
          : [
              `${counted(told.pace.peakObjects, 'object')}, ${bytesOf(told.pace.peakBytes, withoutBytes, objects)}`,
            ],
    }),
  }
}

function unrecorded(buckets: readonly string[]): Answer {
  return {
    question: 'which bucket and paths',
    value: `unknown: reads of ${firstFew(buckets, 3)} are not recorded`,
    details: details({ 'sensitive buckets of the account': buckets }),
  }
}

/** Grants, shares and the like name no objects; and of what was refused none left. */
function withoutObjects({ kinds, succeeded }: Told): string {
  if (succeeded === 0) return 'nothing left: every call was refused'
  return kinds.has('list') && kinds.size === 1 ? 'no object: only lists' : 'all of it'
}

function bytesOf(bytes: number, withoutBytes: number, objects: number): string {
  if (withoutBytes >= objects) return 'bytes unknown: the log of these calls does not have them'
  return withoutBytes === 0 ? bytesText(bytes) : `at least ${bytesText(bytes)}`
}

/** `restricted, of finance`, or that no inventory has it. */
function classText(entry: Row | undefined): string {
  if (entry === undefined) return 'class unknown: not in sensitive_buckets'
  return `${cell(entry, 'classification')}, of ${cell(entry, 'data_owner') ?? 'nobody'}`
}

function whither({ decision, destinations, sent, countries }: Told): Answer {
  const where = countries.size === 0 ? '' : ` (${[...countries].join(', ')})`
  const amount =
    sent === undefined
      ? ''
      : `${where}, ${bytesText(sent.bytes)} in ${counted(sent.connections, 'connection')}`
  return {
    question: 'what destination',
    value: `${firstFew([decision.destination], 1, destinations.size)}${amount}: ${decisionText(decision)}`,
    details: details({ destinations: [...destinations].map(([name, whose]) => `${name}: ${whose}`) }),
  }
}

/** Only lists that hold something. */
function details(lists: { readonly [name: string]: readonly string[] }): {
  readonly [name: string]: readonly string[]
} {
  return Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0))
}
