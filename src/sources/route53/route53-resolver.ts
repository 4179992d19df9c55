import type { NormalEvent } from '../../core/event.ts'
import type { JsonObject } from '../../core/json.ts'
import { says } from '../answering.ts'
import { at, listOf, text, textAt } from '../members.ts'
import { normalEvent } from '../normal-event.ts'
import type { Source } from '../source.ts'

/** Query logs of Amazon Route 53's resolver. */
export const route53Resolver: Source = {
  id: 'route53-resolver',
  title: 'Amazon Route 53 resolver queries',
  tags: {
    sourcetypes: ['aws:route53resolver', 'aws:cloudwatchlogs:route53'],
    sourceCategories: ['aws/route53', 'aws/route53/resolver', 'dns'],
  },
  answers: logsource =>
    says(logsource, {
      products: ['aws'],
      services: ['route53', 'route53resolver', 'route53-resolver', 'dns'],
      categories: ['dns', 'dns_query'],
    }),
  recognises: record =>
    record['query_name'] !== undefined &&
    record['query_type'] !== undefined &&
    (record['query_timestamp'] ?? record['vpc_id']) !== undefined,
  eventId,
  eventTime: record => text(record['query_timestamp']),
  normalise,
}

/** A query has no id: who asked, when, from which port, and what, is its id. */
function eventId(record: JsonObject): string | undefined {
  if (record['query_timestamp'] === undefined) return
  return IDENTITY.map(name => text(record[name]) ?? '-').join(' ')
}

const IDENTITY: readonly string[] = [
  ...['query_timestamp', 'account_id', 'vpc_id', 'srcaddr', 'srcport', 'transport', 'query_name'],
  ...['query_type', 'rcode'],
]

function normalise(record: JsonObject): NormalEvent {
  const own = (name: string): string | undefined => text(record[name])
  const action = own('firewall_rule_action')
  return normalEvent({
    id: eventId(record),
    timeText: own('query_timestamp'),
    service: 'route53-resolver',
    action: ['query', own('query_type')].filter(part => part !== undefined).join(' '),
    outcome: action === 'BLOCK' ? 'denied' : own('rcode') === 'NOERROR' ? 'succeeded' : 'unknown',
    error: own('rcode') === 'NOERROR' ? undefined : own('rcode'),
    account: own('account_id'),
    region: own('region'),
    actor: { principal: textAt(record, 'srcids', 'instance') },
    address: own('srcaddr'),
    resources: [own('query_name'), ...listOf(record['answers']).map(answer => text(at(answer, 'Rdata')))],
  })
}
