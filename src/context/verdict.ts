import { type Context, caveatOf, stateOf } from './context.ts'
import type { Row } from './row.ts'

/** Whose something is. `unknown` is never taken for `internal`, and never approved. */
export type Ownership = 'internal' | 'external' | 'unknown'

/** Why a verdict is what it is. */
export type Reason =
  | 'blocked'
  | 'listed-own'
  | 'listed-partner'
  | 'not-listed'
  | 'owner-listed'
  | 'owner-partner'
  | 'owner-not-listed'
  | 'anonymous'
  | 'private-address'
  | 'provider-internal-address'
  | 'provider-service'
  | 'provider-console'
  | 'cloud-unowned'
  | 'public-address'
  | 'no-value'
  | 'not-an-address'
  | 'no-inventory'
  | 'empty-inventory'
  | 'owner-unknown'

/** A verdict with the rule that decided, and the entry, if one did. */
export interface Verdict {
  readonly verdict: Ownership
  readonly rule: Reason
  readonly entry?: Row
  /** What makes it doubtful: tables that are missing, empty or stale. */
  readonly caveats: readonly string[]
}

export function verdict(
  ownership: Ownership,
  rule: Reason,
  { entry, caveats = [] }: { readonly entry?: Row | undefined; readonly caveats?: readonly string[] } = {},
): Verdict {
  return { verdict: ownership, rule, caveats, ...(entry === undefined ? {} : { entry }) }
}

/** What is doubtful about the tables that were asked. */
export function caveats(context: Context, tables: readonly string[]): readonly string[] {
  return tables.flatMap(name => {
    const loaded = context.tables.get(name)
    return (loaded === undefined ? undefined : caveatOf(loaded)) ?? []
  })
}

/** What it means that no entry says anything: something only if there are entries at all. */
export function unlisted(context: Context, table: string, rule: Reason = 'not-listed'): Verdict {
  const doubts = { caveats: caveats(context, [table]) }
  switch (stateOf(context, table)) {
    case 'loaded':
      return verdict('external', rule, doubts)
    case 'empty':
      return verdict('unknown', 'empty-inventory', doubts)
    case 'missing':
      return verdict('unknown', 'no-inventory', doubts)
  }
}
