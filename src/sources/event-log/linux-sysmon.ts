import { isObject, type Json, type JsonObject } from '../../core/json.ts'
import type { LogSource } from '../../core/log-source.ts'
import type { Expr } from '../../plan/expr.ts'
import { eventsOf } from '../conditions.ts'
import type { Source } from '../source.ts'
import { flat } from './flat.ts'
import { formOf } from './forms.ts'
import { eventId, eventTime, normalise } from './normalise.ts'

/** Sysmon for Linux: the same events and names as Sysmon for Windows. */
export const linuxSysmon: Source = {
  id: 'linux',
  title: 'Sysmon for Linux',
  tags: {
    sourcetypes: ['sysmon:linux'],
    sourceCategories: ['linux/sysmon'],
    sources: ['Syslog:Linux-Sysmon/Operational'],
  },
  answers,
  about,
  recognises: record => isLinuxSysmon(record) && formOf(record) !== undefined,
  flat,
  eventId,
  eventTime,
  normalise,
}

const CHANNEL = 'Linux-Sysmon/Operational'
const PROVIDER = 'Linux-Sysmon'

/** Does a Windows-like event say that Sysmon for Linux wrote it? */
export function isLinuxSysmon(record: JsonObject): boolean {
  if (isIts(record['Channel']) || isIts(record['Provider_Name'] ?? record['SourceName'])) return true
  const { winlog, Event: event } = record
  if (isObject(winlog)) return isIts(winlog['channel']) || isIts(winlog['provider_name'])
  return isObject(event) && isObject(event['System']) && isIts(event['System']['Channel'])
}

function isIts(name: Json | undefined): boolean {
  return name === CHANNEL || name === PROVIDER
}

function answers({ product, category, service }: LogSource): boolean {
  if (product !== undefined && product.toLowerCase() !== 'linux') return false
  if (category !== undefined && !OF_CATEGORIES.has(category.toLowerCase())) return false
  return service === undefined || service.toLowerCase() === 'sysmon'
}

function about({ category }: LogSource): Expr | undefined {
  const ids = category === undefined ? undefined : OF_CATEGORIES.get(category.toLowerCase())
  return ids === undefined ? undefined : eventsOf([CHANNEL], ids)
}

/** Sigma's categories for Linux, and the numbers of the events that each is about. */
const OF_CATEGORIES: ReadonlyMap<string, readonly number[]> = new Map([
  ['process_creation', [1]],
  ['network_connection', [3]],
  ['process_termination', [5]],
  ['raw_access_thread', [9]],
  ['file_event', [11]],
  ['file_delete', [23]],
  ['sysmon_status', [4, 16]],
])
