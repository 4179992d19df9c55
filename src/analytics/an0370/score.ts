import type { IdentityClass } from '../../context/identity-class.ts'
import { cell } from '../../context/row.ts'
import type { Level } from '../../core/level.ts'
import type { Risk } from '../../findings/sections.ts'
import type { CredentialKind } from './move.ts'
import { mainKind, type Session, type Told } from './session.ts'
import type { Settings } from './settings.ts'
import { isSync } from './sync.ts'

/** What the score is made of beside the session itself. */
export interface Circumstances {
  readonly settings: Settings
  readonly class: IdentityClass
  /** Bytes in ten minutes that 99 of 100 earlier sessions with the bucket do not reach. */
  readonly usual: { readonly p99: number; readonly median: number; readonly n: number } | undefined
  /** Objects in the bucket, where an inventory says so. */
  readonly bucketObjects: number | undefined
}

/** Impact and confidence as the page of the analytic lists them, each with what adds to it or takes from it. */
export function riskOf(session: Session, told: Told, of: Circumstances): Risk {
  const impact = impactParts(session, told, of)
  const confidence = confidenceParts(session, told, of)
  const sum = (parts: readonly Part[]): number => parts.reduce((total, [, points]) => total + points, 0)
  const high = Math.min(100, sum(impact))
  const sure = Math.min(95, Math.max(5, sum(confidence)))
  const words = (name: string, parts: readonly Part[]): readonly string[] =>
    parts.map(([why, points]) => `${name} ${points < 0 ? '-' : '+'}${Math.abs(points)}: ${why}`)
  return {
    impact: high,
    confidence: sure,
    score: Math.round((high * sure) / 100),
    parts: [...words('impact', impact), ...words('confidence', confidence)],
  }
}

type Part = readonly [why: string, points: number]

function impactParts({ sensitive }: Session, told: Told, of: Circumstances): readonly Part[] {
  const word = sensitive === undefined ? undefined : cell(sensitive, 'classification')
  const { usual, bucketObjects, settings } = of
  const share = bucketObjects === undefined || bucketObjects === 0 ? 0 : told.paths.distinct / bucketObjects
  return parts([
    [true, 'data goes somewhere', 40],
    [settings.isSensitive(sensitive), `the bucket is ${word}`, 20],
    [word === 'regulated' || word === 'restricted', 'of the two highest classes', 10],
    [usual !== undefined && told.pace.peakBytes >= usual.p99, 'as many bytes as the most before', 10],
    [share >= 0.5, 'half of the bucket or more', 10],
    [isOpenPlace(told), 'the destination is unknown, or anywhere on the internet', 10],
  ])
}

function confidenceParts(session: Session, told: Told, of: Circumstances): readonly Part[] {
  const { decision, approval } = told
  const axes = session.news.axes.map(({ axis }) => axis)
  const network = axes.find(axis => ['network', 'asn', 'country'].includes(axis))
  const isNew = axes.length + told.newDestinations.size > 0
  const unexpected = [...told.countries].filter(country => !of.settings.expects(country))
  return parts([
    [true, 'an event that may move data', 30],
    [decision.verdict === 'external', 'the destination is external', 20],
    [decision.verdict === 'unknown', 'the destination is unknown, taken for external', 10],
    [isSync(session, told), 'objects are listed and then fetched one by one', 15],
    [axes.includes('identity'), 'the identity is new to the bucket', 10],
    [network !== undefined, `the identity never came from this ${network}`, 10],
    [axes.includes('tool') || axes.includes('hour'), 'the tool or the hour is new for the identity', 10],
    [told.newDestinations.size > 0, newPlace(told), 10],
    [sentAll(told), 'as much left as was read', 10],
    [isUnusual(told, of), 'the volume is unusual', 10],
    [
      [...told.credentials.values()].some(kind => LENDABLE.has(kind)),
      'credentials that are easily passed on',
      10,
    ],
    [session.deniedThenAllowed, 'refused first, then let through', 10],
    [unexpected.length > 0, `no data is expected to go to ${unexpected.join(', ')}`, 10],
    [isStolen(session, told), "a machine's credentials, used outside of its network", 15],
    [approval.verdict === 'approved', 'an approved path', -40],
    [
      of.class !== 'human' &&
        PROGRAMS.has(of.class) &&
        session.news.known &&
        !isNew &&
        told.sent === undefined,
      'a program that does what it always did',
      -20,
    ],
  ])
}

const LENDABLE: ReadonlySet<CredentialKind> = new Set([
  'long-lived-key',
  'presigned',
  'signed-address',
  'account-key',
  'none',
])

const PROGRAMS: ReadonlySet<IdentityClass> = new Set(['automation', 'service', 'pipeline', 'provider'])

function isOpenPlace({ decision, explicit }: Told): boolean {
  if (decision.verdict === 'unknown' || decision.rule === 'everyone') return true
  return !explicit && decision.verdict === 'external'
}

/** More than the past, or without a past a bulk. */
function isUnusual({ pace }: Told, { usual, settings }: Circumstances): boolean {
  const bulk = pace.peakObjects >= settings.bulkObjects || pace.peakBytes >= settings.bulkBytes
  return usual === undefined ? bulk : pace.peakBytes > usual.p99 && pace.peakBytes > 0
}

function newPlace({ sent }: Told): string {
  return sent === undefined
    ? 'the destination is new for the bucket'
    : 'no own machine talked to the network of the destination before'
}

function sentAll({ sent, bytes, withoutBytes, unobserved }: Told): boolean {
  return sent !== undefined && unobserved === undefined && withoutBytes === 0 && sent.bytes >= bytes
}

/** The session is named after an instance, and it is not there. */
function isStolen({ latest }: Session, { decision, explicit }: Told): boolean {
  const { session } = latest.event.hit.event.actor
  return /^i-[0-9a-f]{8,17}$/.test(session ?? '') && !explicit && decision.verdict === 'external'
}

function parts(list: readonly (readonly [holds: boolean, why: string, points: number])[]): readonly Part[] {
  return list.flatMap(([holds, why, points]) => (holds ? [[why, points] as const] : []))
}

const LADDER: readonly (readonly [most: number, level: Level])[] = [
  [20, 'informational'],
  [40, 'low'],
  [60, 'medium'],
  [80, 'high'],
  [100, 'critical'],
]

/**
 * The level of a score, and what lifts or lowers it: an approved path is informational; where nothing left it is low at most; what
 * leaves by a request that names a destination outside, or leaves a sensitive bucket for an outside one, is medium at least.
 */
export function levelOf(score: number, session: Session, told: Told, settings: Settings): Level {
  const byScore = LADDER.find(([most]) => score <= most)?.[1] ?? 'critical'
  if (told.approval.verdict === 'approved') return 'informational'
  // What it was nobody can say.
  if (told.unobserved !== undefined) return 'low'
  if (told.succeeded === 0 || mainKind(told) === 'list') return byScore === 'informational' ? byScore : 'low'
  if (told.approval.verdict === 'approved-with-deviation') return byScore
  const { verdict } = told.decision
  const sensitive = settings.isSensitive(session.sensitive)
  const grave =
    (verdict === 'external' && (told.explicit || sensitive)) ||
    (verdict === 'unknown' && told.explicit && (sensitive || session.latest.source === undefined))
  return grave && (byScore === 'low' || byScore === 'informational') ? 'medium' : byScore
}
