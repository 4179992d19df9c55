import type { Context } from '../../context/context.ts'
import { namesOf } from '../../context/identity-class.ts'
import { cell, entryName, type Row } from '../../context/row.ts'
import {
  type ApprovalWord,
  type TransferApproval,
  transferApproval,
} from '../../context/transfer-approval.ts'
import { isoTime } from '../../core/time.ts'
import { codeText } from '../words.ts'
import type { Destination, Move } from './move.ts'

/** Does a move, as one of so many bytes, match an approved workflow? */
export function approvalOf(context: Context, move: Move, bytes: number | undefined): TransferApproval {
  const { event, source, thing, destinations } = move
  const { actor, userAgent } = event.hit.event
  const transfer = {
    time: event.time,
    identity: namesOf(actor),
    source: source === undefined ? (thing === undefined ? [] : [thing]) : names(source.name),
    ...(userAgent === undefined ? {} : { tool: userAgent }),
    ...(bytes === undefined ? {} : { bytes }),
  }
  const places = destinations.length === 0 ? [callerPlaces(move)] : destinations.map(placesOf)
  const answers = places.map(destination => transferApproval(context, { ...transfer, destination }))
  return answers.reduce(worse)
}

/** The one that approves less. */
export function worse(a: TransferApproval, b: TransferApproval): TransferApproval {
  return RANK[b.verdict] > RANK[a.verdict] ? b : a
}

const RANK: Record<ApprovalWord, number> = {
  approved: 0,
  'approved-with-deviation': 1,
  'not-evaluable': 2,
  unapproved: 3,
}

const WORDS: Record<ApprovalWord, string> = {
  approved: 'yes',
  'approved-with-deviation': 'with deviation',
  unapproved: 'no',
  'not-evaluable': 'unknown: not evaluable',
}

/** The verdict, what decided, the entry and who answers for it. */
export function approvalText({ verdict, rule, entry, mismatched, unknown }: TransferApproval): string {
  const parts = [
    codeText(rule),
    ...(mismatched.length === 0 ? [] : [`${mismatched.join(', ')} not as approved`]),
    ...(unknown.length === 0 ? [] : [`${unknown.join(', ')} not known`]),
  ]
  return `${WORDS[verdict]} (${parts.join('; ')})${entry === undefined ? '' : `: ${entryText(entry)}`}`
}

/** `approved_transfers.yaml:3 (CHG-1), backup, by platform until 2026-06-01T00:00:00Z` */
function entryText(entry: Row): string {
  const until = entry.validity === undefined ? '' : ` until ${isoTime(entry.validity.expires)}`
  return `${entryName(entry)}, ${cell(entry, 'purpose') ?? 'no purpose'}, by ${cell(entry, 'owner') ?? 'nobody'}${until}`
}

function placesOf(destination: Destination): readonly string[] {
  switch (destination.kind) {
    case 'bucket':
      return [
        ...names(destination.bucket.name),
        ...(destination.bucket.account === undefined ? [] : [destination.bucket.account]),
      ]
    case 'account':
      return [destination.id]
    case 'host':
    case 'service':
      return [destination.name]
    default:
      return []
  }
}

function callerPlaces({ event }: Move): readonly string[] {
  const { address } = event.hit.event
  return address === undefined ? [] : [address]
}

function names(bucket: string): readonly string[] {
  return bucket.startsWith('arn:') ? [bucket] : [bucket, `arn:aws:s3:::${bucket}`]
}
