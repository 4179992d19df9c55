import type { EventOutcome, NormalEvent } from '../../core/event.ts'
import type { Json, JsonObject } from '../../core/json.ts'
import type { LogSource } from '../../core/log-source.ts'
import { parseTime } from '../../core/time.ts'
import type { Expr } from '../../plan/expr.ts'
import { is } from '../conditions.ts'
import { defined } from '../defined.ts'
import { readableTime } from '../find-time.ts'
import type { Source } from '../source.ts'
import { flat, formOf } from './json-forms.ts'

/** The Linux audit system: one event for the records of one serial number. */
export const auditd: Source = {
  id: 'auditd',
  title: 'Linux audit',
  tags: {
    sourcetypes: ['linux:audit', 'linux_audit', 'auditd'],
    sourceCategories: ['linux/audit', 'linux/auditd'],
  },
  answers,
  about,
  recognises: record => formOf(record) !== undefined,
  flat,
  eventId,
  eventTime,
  normalise,
}

const EXECUTED = 'process_creation'

function answers({ product, category, service }: LogSource): boolean {
  if (product !== undefined && product.toLowerCase() !== 'linux') return false
  if (category !== undefined && category.toLowerCase() !== EXECUTED) return false
  return service === undefined || service.toLowerCase() === 'auditd'
}

/** Programs are started by `execve`, which has a record of its own. */
function about({ category }: LogSource): Expr | undefined {
  if (category === undefined) return
  return { kind: 'or', of: [is('type', 'EXECVE'), is('type', 'AUOMS_EXECVE')] }
}

/** Host, time and serial number. */
function eventId(record: JsonObject): string | undefined {
  const serial = text(record['serial'])
  if (serial === undefined) return
  return [text(record['node']), text(record['timestamp']), serial].filter(one => one !== undefined).join(' ')
}

/** Seconds since 1970 as written; `ausearch -i` writes a date, which is taken for UTC. */
function eventTime(record: JsonObject): string | undefined {
  const written = text(record['timestamp'])
  return written === undefined ? undefined : readableTime(written)
}

function normalise(record: JsonObject): NormalEvent {
  const written = eventTime(record)
  const user = text(record['User'])
  const type = record['type']
  const [first] = Array.isArray(type) ? type : []
  return defined<NormalEvent>({
    id: eventId(record),
    time: written === undefined ? undefined : parseTime(written),
    timeText: written,
    service: 'auditd',
    action: text(first),
    outcome: outcomeOf(record),
    error: undefined,
    errorMessage: undefined,
    account: undefined,
    region: undefined,
    actor: defined({ principal: user ?? text(record['node']), name: user, session: text(record['ses']) }),
    address: addressOf(record),
    userAgent: undefined,
    resources: [text(record['Image'])].filter(one => one !== undefined),
  })
}

function outcomeOf(record: JsonObject): EventOutcome {
  const word = text(record['success'] ?? record['res'] ?? record['result'])?.toLowerCase()
  if (word === 'yes' || word === 'success' || word === '1') return 'succeeded'
  return word === 'no' || word === 'failed' || word === 'fail' || word === '0' ? 'denied' : 'unknown'
}

function addressOf(record: JsonObject): string | undefined {
  const address = text(record['addr'])
  return address === '?' ? undefined : address
}

function text(value: Json | undefined): string | undefined {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : undefined
}
