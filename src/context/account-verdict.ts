import type { Context } from './context.ts'
import { cell, type Row } from './row.ts'
import { caveats, unlisted, type Verdict, verdict } from './verdict.ts'

const UUID = /^[0-9a-f]{8}-/i

/** Is the AWS account or organisation, Azure subscription or tenant, or Google Cloud project one of ours? */
export function accountVerdict(context: Context, id: string | undefined): Verdict {
  if (id === undefined || id === '') return verdict('unknown', 'no-value')
  if (/^anonymous$/i.test(id)) return verdict('external', 'anonymous')
  const [main, ...others] = tablesFor(id)
  for (const [table, column] of [main, ...others]) {
    const [entry] = context.lookups.named(table, column, id)
    if (entry !== undefined) return listed(context, entry)
  }
  return unlisted(context, main[0])
}

/** What an entry says of its owner. */
export function listed(context: Context, entry: Row): Verdict {
  const partner = cell(entry, 'relation') === 'partner'
  const doubts = { entry, caveats: caveats(context, [entry.table]) }
  return partner ? verdict('external', 'listed-partner', doubts) : verdict('internal', 'listed-own', doubts)
}

type Place = readonly [table: string, column: string]

/** The tables in which such an id is looked for; the first decides what it means to be in none. */
function tablesFor(id: string): readonly [Place, ...(readonly Place[])] {
  if (/^\d{12}$/.test(id))
    return [
      ['accounts', 'id'],
      ['projects', 'number'],
    ]
  if (id.startsWith('o-')) return [['organizations', 'id']]
  if (UUID.test(id))
    return [
      ['subscriptions', 'id'],
      ['tenants', 'id'],
    ]
  return [
    ['projects', 'id'],
    ['projects', 'number'],
  ]
}
