import { isObject, type Json, type JsonObject, objectMember } from '../../core/json.ts'
import { type Growing, put } from '../put.ts'
import { putArguments } from './arguments.ts'
import { completed } from './complete.ts'

/** In which form an object is an event of the Linux audit system, if it is one. */
export function formOf(record: JsonObject): 'native' | 'laurel' | 'auditbeat' | undefined {
  if (Array.isArray(record['type']) && record['serial'] !== undefined) return 'native'
  if (isObject(record['auditd'])) return 'auditbeat'
  const id = record['ID']
  return typeof id === 'string' && /^\d{1,12}\.\d{3}:\d{1,20}$/.test(id) ? 'laurel' : undefined
}

/** The event under auditd's own names, whichever form it has. */
export function flat(record: JsonObject): JsonObject {
  switch (formOf(record)) {
    case 'laurel':
      return ofLaurel(record)
    case 'auditbeat':
      return ofAuditbeat(record)
    default:
      return record
  }
}

/** Laurel: one object an event, a member for each type of record. */
function ofLaurel(record: JsonObject): JsonObject {
  const types = Object.keys(record).filter(key => /^[A-Z_]+$/.test(key) && key !== 'ID' && key !== 'NODE')
  const [timestamp = '', serial = ''] = String(record['ID']).split(':')
  const event: Growing = { type: types, timestamp, serial }
  if (typeof record['NODE'] === 'string') event['node'] = record['NODE']
  for (const type of types) {
    const parts = record[type]
    if (isList(parts)) {
      const names = new Set(parts.flatMap(part => (isObject(part) ? Object.keys(part) : [])))
      for (const name of names)
        set(
          event,
          name,
          parts.flatMap(part => (isObject(part) ? (part[name] ?? []) : [])),
        )
    } else if (isObject(parts)) for (const name of Object.keys(parts)) set(event, name, parts[name])
  }
  const given = argumentsOf(objectMember(record, 'EXECVE'))
  putArguments(event, given)
  const title = argumentsOf(objectMember(record, 'PROCTITLE'))
  if (title.length > 0) event['proctitle'] ??= title.join(' ')
  return completed(event, given)
}

/** A list, or one text. */
function argumentsOf(execve: JsonObject | undefined): readonly string[] {
  const list = execve?.['ARGV'] ?? execve?.['ARGV_STR']
  if (typeof list === 'string') return [list]
  return isList(list) ? list.map(String) : []
}

/** Auditbeat's document: what it keeps of the records, and the process in Elastic's words. */
function ofAuditbeat(record: JsonObject): JsonObject {
  const auditd = objectMember(record, 'auditd') ?? {}
  const process = objectMember(record, 'process') ?? {}
  const user = objectMember(record, 'user') ?? {}
  const event: Growing = {
    type: typeof auditd['message_type'] === 'string' ? [auditd['message_type'].toUpperCase()] : [],
    timestamp: record['@timestamp'] ?? '',
    serial: String(auditd['sequence'] ?? ''),
  }
  const members: readonly (readonly [string, Json | undefined])[] = [
    ['node', record['host'] === undefined ? undefined : objectMember(record, 'host')?.['name']],
    ['exe', process['executable']],
    ['comm', process['name']],
    ['pid', process['pid']],
    ['ppid', objectMember(process, 'parent')?.['pid'] ?? process['ppid']],
    ['cwd', process['working_directory']],
    ['proctitle', process['title']],
    ['uid', user['id']],
    ['user', user['name']],
    ['auid', objectMember(user, 'audit')?.['id']],
    ['euid', objectMember(user, 'effective')?.['id']],
    ['gid', objectMember(user, 'group')?.['id']],
    ['ses', auditd['session']],
    ['key', record['tags']],
    ['success', success(auditd['result'])],
    ['addr', objectMember(record, 'source')?.['ip']],
  ]
  for (const [name, value] of members) set(event, name, value)
  const data = objectMember(auditd, 'data') ?? {}
  for (const name of Object.keys(data)) set(event, name, data[name])
  const args = process['args']
  const given = isList(args) ? args.map(String) : []
  putArguments(event, given)
  return completed(event, given)
}

function success(result: Json | undefined): string | undefined {
  if (result === 'success') return 'yes'
  return result === 'fail' ? 'no' : undefined
}

function set(event: Growing, name: string, value: Json | undefined): void {
  if (value !== undefined && value !== null && !Object.hasOwn(event, name)) put(event, name, value)
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}
