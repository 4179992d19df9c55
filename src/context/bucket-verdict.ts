import { accountVerdict } from './account-verdict.ts'
import type { Context } from './context.ts'
import { cell, type Row } from './row.ts'
import { caveats, type Verdict, verdict } from './verdict.ts'

export type Provider = 'aws' | 'azure' | 'gcp'

/** A bucket or container as an event names it. */
export interface Bucket {
  readonly name: string
  readonly provider?: Provider
  /** Its owner, if the event says so; best of all sources. */
  readonly account?: string
}

/**
 * Whose the bucket is: blocked is external; else its owner decides, from the event or an inventory that names the bucket
 * whole; else it is ours if `owned_buckets` has it. What its name looks like never decides.
 */
export function bucketVerdict(context: Context, bucket: Bucket): Verdict {
  const [blocked] = namesOf(bucket).flatMap(name =>
    context.lookups.named('blocked_destinations', 'destination', name),
  )
  if (blocked !== undefined) return verdict('external', 'blocked', { entry: blocked })
  const owned = entriesOf(context, 'owned_buckets', bucket)[0]
  const whole = entriesOf(context, 'sensitive_buckets', bucket).find(
    row => cell(row, 'name')?.toLowerCase() === bucket.name.toLowerCase(),
  )
  const account = bucket.account ?? (owned && cell(owned, 'account')) ?? (whole && cell(whole, 'account'))
  const doubts = caveats(context, ['owned_buckets'])
  if (account !== undefined) {
    const owner = accountVerdict(context, account)
    if (owner.verdict !== 'unknown') return { ...owner, rule: OWNER_RULES[owner.rule] ?? owner.rule }
  }
  if (owned !== undefined) return verdict('internal', 'listed-own', { entry: owned, caveats: doubts })
  return verdict('unknown', 'owner-unknown', { caveats: doubts })
}

/** What `sensitive_buckets` says of the bucket: an entry with its whole name before patterns. */
export function sensitivity(context: Context, bucket: Bucket): Row | undefined {
  const entries = entriesOf(context, 'sensitive_buckets', bucket)
  return entries.find(row => cell(row, 'name')?.toLowerCase() === bucket.name.toLowerCase()) ?? entries[0]
}

function entriesOf(context: Context, table: string, bucket: Bucket): readonly Row[] {
  const { provider = 'aws' } = bucket
  return namesOf(bucket)
    .flatMap(name => context.lookups.named(table, 'name', name))
    .filter(row => (cell(row, 'provider') ?? 'aws') === provider)
}

/** A bucket's own name; an entry of a storage account stands for all containers in it. */
function namesOf({ name, provider }: Bucket): readonly string[] {
  const slash = provider === 'azure' ? name.indexOf('/') : -1
  return slash < 0 ? [name] : [name, name.slice(0, slash)]
}

const OWNER_RULES: { readonly [rule in Verdict['rule']]?: Verdict['rule'] } = {
  'listed-own': 'owner-listed',
  'listed-partner': 'owner-partner',
  'not-listed': 'owner-not-listed',
}
