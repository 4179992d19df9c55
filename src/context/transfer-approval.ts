import { type Context, stateOf } from './context.ts'
import type { Row } from './row.ts'
import { type Fit, fitOf, type Transfer, type TransferAttribute } from './transfer-fit.ts'
import { standing } from './validity.ts'
import { caveats } from './verdict.ts'

export type ApprovalWord = 'approved' | 'approved-with-deviation' | 'unapproved' | 'not-evaluable'

export interface TransferApproval {
  readonly verdict: ApprovalWord
  readonly rule:
    | 'full-match'
    | 'deviates'
    | 'attributes-unknown'
    | 'no-time'
    | 'expired'
    | 'retroactive'
    | 'no-match'
    | 'no-registry'
    | 'empty-registry'
  /** The entry that decided. */
  readonly entry?: Row
  readonly matched: readonly TransferAttribute[]
  readonly mismatched: readonly TransferAttribute[]
  /** What the entry asks for and the transfer does not tell. */
  readonly unknown: readonly TransferAttribute[]
  readonly caveats: readonly string[]
}

/**
 * Is it an approved transfer? Identity, source and destination have to match and the entry to be valid at the time;
 * tool, schedule and volume that do not match make a deviation, which hides nothing. What is not known never approves.
 */
export function transferApproval(context: Context, transfer: Transfer): TransferApproval {
  const doubts = caveats(context, ['approved_transfers'])
  const state = stateOf(context, 'approved_transfers')
  if (state === 'missing') return told('not-evaluable', 'no-registry', doubts)
  if (state === 'empty') return told('unapproved', 'empty-registry', doubts)
  const rows = candidates(context, transfer)
  const fits = rows
    .map(row => fitOf(row, transfer, context.lookups))
    .filter(fit => !fit.mismatched.some(isRequired))
  const best = fits.map(fit => judge(fit, transfer, doubts)).sort((a, b) => RANK[a.rule] - RANK[b.rule])[0]
  return best ?? told('unapproved', 'no-match', doubts)
}

/** Entries whose identity could match; all if the identity is not known. */
function candidates(context: Context, { identity }: Transfer): readonly Row[] {
  if (identity.length === 0) return context.tables.get('approved_transfers')?.rows ?? []
  return [...new Set(identity.flatMap(name => context.lookups.named('approved_transfers', 'identity', name)))]
}

const REQUIRED: readonly TransferAttribute[] = ['identity', 'source', 'destination']
const isRequired = (attribute: TransferAttribute): boolean => REQUIRED.includes(attribute)

/** Which rule is told if several entries have one: the first. */
const RANK: Record<TransferApproval['rule'], number> = {
  'full-match': 0,
  deviates: 1,
  'attributes-unknown': 2,
  'no-time': 3,
  expired: 4,
  retroactive: 5,
  'no-match': 6,
  'empty-registry': 7,
  'no-registry': 8,
}

function judge(fit: Fit, { time }: Transfer, doubts: readonly string[]): TransferApproval {
  const of = (verdict: ApprovalWord, rule: TransferApproval['rule']) => ({
    ...told(verdict, rule, doubts),
    ...fit,
  })
  if (time === undefined) return of('not-evaluable', 'no-time')
  const stands = standing(fit.entry, time)
  if (stands !== 'valid') return of('unapproved', stands)
  if (fit.unknown.some(isRequired)) return of('not-evaluable', 'attributes-unknown')
  if (fit.mismatched.length > 0) return of('approved-with-deviation', 'deviates')
  return fit.unknown.length > 0 ? of('not-evaluable', 'attributes-unknown') : of('approved', 'full-match')
}

function told(
  verdict: ApprovalWord,
  rule: TransferApproval['rule'],
  doubts: readonly string[],
): TransferApproval {
  return { verdict, rule, matched: [], mismatched: [], unknown: [], caveats: doubts }
}
