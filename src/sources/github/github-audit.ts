import type { NormalEvent } from '../../core/event.ts'
import type { JsonObject } from '../../core/json.ts'
import { says } from '../answering.ts'
import { plainAddress, text } from '../members.ts'
import { normalEvent } from '../normal-event.ts'
import type { Source } from '../source.ts'

/** The audit log of an organisation or an enterprise at GitHub: its stream, its export and its API. Webhooks are another log. */
export const githubAudit: Source = {
  id: 'github-audit',
  title: 'GitHub audit log',
  tags: {
    sourcetypes: ['github:cloud:audit', 'github:enterprise:audit'],
    sourceCategories: ['github/audit', 'github'],
  },
  answers: logsource => says(logsource, { products: ['github'], services: ['audit'] }),
  recognises,
  eventId: record => text(record['_document_id']),
  eventTime,
  normalise,
}

/** `org.add_member`, `protected_branch.destroy`. */
const ACTION = /^[a-z][a-z0-9_]{0,60}\.[a-z0-9_]{1,80}$/

function recognises(record: JsonObject): boolean {
  const { action } = record
  if (record['p_log_type'] === 'GitHub.Audit') return true
  if (typeof action !== 'string' || !ACTION.test(action)) return false
  if (record['_document_id'] !== undefined) return true
  const owner = record['org'] ?? record['business'] ?? record['repo']
  return owner !== undefined && (record['created_at'] ?? record['@timestamp']) !== undefined
}

function eventTime(record: JsonObject): string | undefined {
  return text(
    record['@timestamp'] ?? record['created_at'] ?? record['at_sign_timestamp'] ?? record['p_event_time'],
  )
}

function normalise(record: JsonObject): NormalEvent {
  const own = (name: string): string | undefined => text(record[name])
  const action = own('action')
  return normalEvent({
    id: own('_document_id'),
    timeText: eventTime(record),
    service: 'github',
    action,
    outcome: FAILED.test(action ?? '') ? 'denied' : 'succeeded',
    error: own('failure_reason'),
    account: own('org') ?? own('business'),
    actor: {
      type: record['actor_is_bot'] === true ? 'bot' : undefined,
      principal: own('actor'),
      name: own('actor'),
      session: own('external_identity_nameid'),
      key: own('hashed_token'),
    },
    address: plainAddress(own('actor_ip') ?? own('ip_address')),
    userAgent: own('user_agent'),
    resources: [own('repo') ?? own('repository'), own('team'), own('user'), own('name')],
  })
}

/** The log has what happened; what did not says so by its name. */
const FAILED = /[._](?:failed|denied|rejected)(?:_|$)/
