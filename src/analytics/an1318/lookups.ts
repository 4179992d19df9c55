import { field } from '../../plan/expr.ts'
import { type AnalyticEvent, all, first } from '../analytic.ts'
import { base } from '../base.ts'

/** Names that machines look up. */
export const lookups = base({
  id: 'an1318-lookups',
  title: 'Names that machines look up (Route 53 resolver logs)',
  logsource: { product: 'aws', service: 'route53' },
  where: { kind: 'exists', of: field('query_name') },
  carry: ['query_name', 'answers.Rdata', 'srcids.instance', 'srcaddr', 'vpc_id', 'account_id'],
})

/** What a machine asked, and which addresses it was told. */
export interface Lookup {
  readonly event: AnalyticEvent
  readonly name: string
  readonly addresses: readonly string[]
  readonly machine?: string
  readonly network?: string
  readonly account?: string
  readonly from: string
}

export function lookupOf(event: AnalyticEvent): Lookup | undefined {
  const own = (name: string): string | undefined => first(event, name)
  const asked = own('query_name')
  const from = own('srcaddr')
  if (asked === undefined || from === undefined) return undefined
  const [machine, network, account] = ['srcids.instance', 'vpc_id', 'account_id'].map(own)
  return {
    event,
    name: asked.replace(/\.$/, '').toLowerCase(),
    addresses: all(event, 'answers.Rdata'),
    from,
    ...(machine === undefined ? {} : { machine }),
    ...(network === undefined ? {} : { network }),
    ...(account === undefined ? {} : { account }),
  }
}
